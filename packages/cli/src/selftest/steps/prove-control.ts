import { MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import { type SelftestWorld, SITE_HOST } from '../world.ts';

type SiteDetails = {
  id: string;
  publish: {
    file: { url: string; content: string };
    dns: { name: string; value: string };
    meta: { page: string; tag: string };
  };
  siteWide: { ready: boolean; reasons: string[] };
};

/** Step 5: the three ways to prove a host, and a statement of what on it is not hers. */
export const proveControl: Step<SelftestWorld> = {
  number: 5,
  title: 'Prove control of a site by file, DNS and meta tag; say what on it is not hers',
  async run(world) {
    const maya = world.person(MAYA.key);
    const added = await maya.json('POST', '/api/sites', { url: world.site.url });
    expectStatus(added, 201, 'the site is added');
    const site = added.json<SiteDetails>();
    world.notes.set('site', site.id);
    const { file, dns, meta } = site.publish;
    const look = async (method: string) =>
      (await maya.json('POST', `/api/sites/${site.id}/checks`, { method })).json<{
        result: string;
        cure: string;
      }>();

    const early = await look('file');
    expectThat(
      early.result !== 'proven' && early.cure.length > 0,
      'nothing is proven before it is published, and the answer says what helps',
    );

    world.site.pages.set(new URL(file.url).pathname, { type: 'text/plain', body: `${file.content}\n` });
    expectThat((await look('file')).result === 'proven', 'the well-known file proves control');
    world.dns.zone.set(dns.name, { TXT: ['v=spf1 -all', dns.value] });
    expectThat((await look('dns')).result === 'proven', 'the DNS TXT record proves control');
    world.site.pages.set('/', {
      type: 'text/html; charset=utf-8',
      body: `<!doctype html><html><head>${meta.tag}<title>x</title></head></html>`,
    });
    expectThat((await look('meta')).result === 'proven', 'the meta tag proves control');

    const before = (
      await maya.get(`/api/sites/${site.id}`, { Accept: 'application/json' })
    ).json<SiteDetails>();
    expectThat(!before.siteWide.ready, 'nothing site-wide is offered before she says what is not hers');
    return `${SITE_HOST}, proven three ways`;
  },
};

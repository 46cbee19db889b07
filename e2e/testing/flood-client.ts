// A machine that signs: so many sign-ups a second from three networks, half by the form, half by the API. Runs in a
// process of its own, so that it does not slow the visitors it is measured by. Tells its parent what it was answered.
const [url = '', total = '0', perSecond = '0', versions = '{}'] = process.argv.slice(2);
const NETWORKS = ['192.0.2', '198.51.100', '203.0.113'];
const answers: { [status: string]: number } = {};
let honest = true;

function person(i: number) {
  return {
    name: `Machine ${i}`,
    craft: 'author',
    country: 'DE',
    email: `m${i}@d${i % 50}.example`,
    age: 'sixteen',
    ...JSON.parse(versions),
  };
}

function request(i: number): Promise<Response> {
  const from = { 'X-Forwarded-For': `${NETWORKS[i % 3]}.${i % 250}`, Origin: url };
  if (i % 2 === 0)
    return fetch(`${url}/api/signatures`, {
      method: 'POST',
      headers: { ...from, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...person(i), consent: true }),
    });
  const fields = Object.entries({ ...person(i), consent: 'yes' }).map(([k, v]) => [k, String(v)]);
  return fetch(`${url}/sign`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...from, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
    body: new URLSearchParams(fields).toString(),
  });
}

async function sign(i: number): Promise<void> {
  const response = await request(i);
  await response.arrayBuffer();
  answers[response.status] = (answers[response.status] ?? 0) + 1;
  // A wait that is not told is a lock.
  if (response.status === 429 && !(Number(response.headers.get('Retry-After')) > 0)) honest = false;
}

const start = performance.now();
const waiting: Promise<void>[] = [];
for (let i = 0; i < Number(total); i += 1) {
  const due = start + (i * 1_000) / Number(perSecond);
  const wait = due - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  waiting.push(sign(i));
}
await Promise.all(waiting);
process.send?.({ answers, honest, seconds: (performance.now() - start) / 1_000 });
process.disconnect();

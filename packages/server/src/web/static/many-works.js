// Sends many files one by one: progress, pause, and going on after a break. What is registered already is not sent again.

/** WebCrypto takes a file as a whole; larger ones are sent without asking first. */
const MAX_HASHED = 200_000_000;
const ASK_AT_ONCE = 500;

class ManyWorks extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.running) void this.start();
    });
  }

  async start() {
    this.open([...this.form.elements.namedItem('files').files]);
    await this.go();
  }

  open(chosen) {
    this.chosen = chosen;
    this.waiting = [...chosen];
    this.hashes = new Map();
    this.counts = { registered: 0, known: 0, refused: 0 };
    this.panel?.remove();
    this.panel = document.createElement('section');
    this.status = document.createElement('p');
    this.status.setAttribute('role', 'status');
    this.bar = document.createElement('progress');
    this.bar.max = chosen.length;
    this.bar.setAttribute('aria-label', this.words('progress', { done: 0, all: chosen.length }));
    this.pause = document.createElement('button');
    this.pause.type = 'button';
    this.pause.className = 'quiet';
    this.pause.addEventListener('click', () => (this.running ? this.halt() : void this.go()));
    this.list = document.createElement('ul');
    this.panel.append(this.status, this.bar, this.pause, this.list);
    this.append(this.panel);
  }

  halt() {
    this.running = false;
    this.pause.textContent = this.dataset.resume;
  }

  async go() {
    this.running = true;
    this.pause.textContent = this.dataset.pause;
    this.pause.hidden = false;
    // Who pauses and goes on while a file is on its way finds the same loop still there: never two of them.
    if (this.looping) return;
    this.looping = true;
    try {
      await this.skipKnown();
      while (this.running && this.waiting.length > 0) {
        const file = this.waiting[0];
        await this.send(file);
        this.done(file);
        this.show();
      }
    } catch (error) {
      this.halt();
      this.explain(error);
      return;
    } finally {
      this.looping = false;
    }
    if (this.waiting.length > 0) return;
    this.running = false;
    this.pause.hidden = true;
    this.status.textContent = this.words('done', this.counts);
  }

  done(file) {
    this.waiting = this.waiting.filter((other) => other !== file);
  }

  async skipKnown() {
    const asked = [];
    for (const file of this.waiting) {
      if (!this.running) return;
      if (file.size > MAX_HASHED) continue;
      this.status.textContent = this.words('checking', { done: asked.length, all: this.waiting.length });
      asked.push([file, await this.hashOf(file)]);
    }
    for (let from = 0; from < asked.length; from += ASK_AT_ONCE) {
      const some = asked.slice(from, from + ASK_AT_ONCE);
      const { known } = await this.ask(
        this.dataset.ask,
        JSON.stringify({ sha256s: some.map(([, hash]) => hash) }),
      );
      for (const [file, hash] of some) {
        if (!known[hash]) continue;
        this.done(file);
        this.tell({ filename: file.name, outcome: 'known', words: this.dataset.known, url: known[hash] });
      }
    }
    this.show();
  }

  async hashOf(file) {
    const before = this.hashes.get(file);
    if (before) return before;
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const hash = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    this.hashes.set(file, hash);
    return hash;
  }

  /** What the house says, where it says something; else the connection broke. */
  explain({ problem }) {
    const { title, cure, status } = problem ?? {};
    this.status.textContent = [...(title ? [title, cure] : []), this.dataset.failed]
      .filter(Boolean)
      .join(' ');
    if (status !== 401) return;
    const link = document.createElement('a');
    link.href = '/sign-in';
    link.target = '_blank';
    link.textContent = this.dataset.signIn;
    this.status.append(' ', link);
  }

  async send(file) {
    const body = new FormData(this.form);
    body.delete('files');
    body.append('files', file);
    const { files } = await this.ask(this.form.action, body);
    for (const one of files) this.tell(one);
  }

  async ask(url, body) {
    const headers = { Accept: 'application/json' };
    if (typeof body === 'string') headers['Content-Type'] = 'application/json';
    const answer = await fetch(url, { method: 'POST', headers, body });
    const read = await answer.json();
    // One file too large or unreadable stops none of the others; anything else does.
    if ([400, 413, 422].includes(answer.status) && body instanceof FormData)
      return { files: [{ filename: body.get('files').name, outcome: 'refused', ...read, words: '' }] };
    if (!answer.ok) throw Object.assign(new Error(read.code), { problem: read });
    return read;
  }

  tell({ filename, outcome, words, url, title = '', cure = '' }) {
    this.counts[outcome] += 1;
    const item = document.createElement('li');
    const name = document.createElement(url ? 'a' : 'bdi');
    if (url) name.href = url;
    name.textContent = filename;
    item.append(name, ` ${[words, title, cure].filter(Boolean).join(' · ')}`);
    // What needs a person stands first.
    if (outcome === 'refused') this.list.prepend(item);
    else this.list.append(item);
  }

  show() {
    const all = this.chosen.length;
    const done = all - this.waiting.length;
    this.bar.value = done;
    this.status.textContent = this.words('progress', { done, all });
  }

  words(name, values) {
    return Object.entries(values).reduce(
      (text, [key, value]) => text.replace(`{${key}}`, String(value)),
      this.dataset[name],
    );
  }
}

customElements.define('many-works', ManyWorks);

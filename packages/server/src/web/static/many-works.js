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
    await this.run();
  }

  open(chosen) {
    this.chosen = chosen;
    this.waiting = [...chosen];
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
    this.pause.addEventListener('click', () => (this.running ? this.halt() : void this.run()));
    this.list = document.createElement('ul');
    this.panel.append(this.status, this.bar, this.pause, this.list);
    this.append(this.panel);
  }

  halt() {
    this.running = false;
    this.pause.textContent = this.dataset.resume;
  }

  async run() {
    this.running = true;
    this.pause.textContent = this.dataset.pause;
    this.pause.hidden = false;
    try {
      await this.skipKnown();
      while (this.running && this.waiting.length > 0) {
        await this.send(this.waiting[0]);
        this.waiting.shift();
        this.show();
      }
    } catch {
      this.halt();
      this.status.textContent = this.dataset.failed;
      return;
    }
    if (this.waiting.length > 0) return;
    this.running = false;
    this.pause.hidden = true;
    this.status.textContent = this.words('done', this.counts);
  }

  async skipKnown() {
    this.status.textContent = this.dataset.checking;
    const hashed = [];
    for (const file of this.waiting) {
      if (file.size > MAX_HASHED) continue;
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      hashed.push([file, Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')]);
    }
    for (let from = 0; from < hashed.length; from += ASK_AT_ONCE) {
      const some = hashed.slice(from, from + ASK_AT_ONCE);
      const { known } = await this.ask(
        '/works/many/known',
        JSON.stringify({ sha256s: some.map(([, hash]) => hash) }),
      );
      for (const [file, hash] of some) {
        if (!known[hash]) continue;
        this.waiting.splice(this.waiting.indexOf(file), 1);
        this.tell({ filename: file.name, outcome: 'known', words: this.dataset.known, url: known[hash] });
      }
    }
    this.show();
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
    if (!answer.ok) throw new Error(read.code);
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

// Checks a signed file on the person's own device, with the modules the command line uses. The file is sent nowhere.

class FileCheck extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.input = this.form.elements.namedItem('file');
    this.text = JSON.parse(this.dataset.text);
    this.result = document.createElement('div');
    this.result.setAttribute('role', 'status');
    this.append(this.result);
    const drop = document.createElement('p');
    drop.className = 'drop';
    drop.textContent = this.text.drop;
    this.form.prepend(drop);
    for (const type of ['dragover', 'dragleave', 'drop']) {
      drop.addEventListener(type, (event) => {
        event.preventDefault();
        drop.classList.toggle('over', type === 'dragover');
        if (type === 'drop' && event.dataTransfer.files[0]) {
          this.input.files = event.dataTransfer.files;
          void this.check();
        }
      });
    }
    this.input.addEventListener('change', () => void this.check());
    this.form.addEventListener('submit', (event) => {
      // Where this browser cannot check, the form goes to the server.
      if (this.unable) return;
      event.preventDefault();
      void this.check();
    });
  }

  async check() {
    const file = this.input.files[0];
    if (!file) return;
    this.say(this.text.working);
    try {
      const { verifyFile } = await import('/modules/protocol/verify-file.js');
      const key = this.form.elements.namedItem('key').value.trim();
      const bytes = new Uint8Array(await file.arrayBuffer());
      const verdict = await verifyFile(bytes, key === '' ? {} : { key });
      this.show(verdict, await tellerOf(document.documentElement.lang));
    } catch {
      this.unable = true;
      this.say(this.text.unable);
    }
  }

  show({ ok, keyGiven, checks }, tell) {
    const others = checks.every((check) => check.ok || check.name === 'key');
    const whole = ok ? 'good' : !keyGiven && others ? 'warn' : 'bad';
    const notice = document.createElement('p');
    notice.className = `notice ${whole}`;
    notice.textContent = this.text.outcome[whole];
    const list = document.createElement('ul');
    list.className = 'checks';
    for (const { name, ok: holds, detail } of checks) {
      const item = document.createElement('li');
      item.className = holds ? 'good' : 'bad';
      const title = document.createElement('strong');
      title.textContent = `${holds ? '✓' : '✗'} ${this.text.checks[name] ?? name}`;
      const small = document.createElement('small');
      const told = tell(detail);
      if (told === undefined) small.lang = 'en';
      small.textContent = told ?? detail;
      item.append(title, ` ${holds ? this.text.holds : this.text.fails}`, small);
      list.append(item);
    }
    this.result.replaceChildren(notice, list);
  }

  say(text) {
    const p = document.createElement('p');
    p.textContent = text;
    this.result.replaceChildren(p);
  }
}

// What is said of a check: in German by the same words the server has; what has none stays English and says so.
async function tellerOf(language) {
  if (language !== 'de') return (detail) => detail;
  const { tellCheckInGerman } = await import('/modules/protocol/tell-check.js');
  return tellCheckInGerman;
}

customElements.define('file-check', FileCheck);

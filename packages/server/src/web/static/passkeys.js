// Lets the device make or use a passkey. The server says what to ask for and checks what comes back.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

/** Browsers before 2025 do not read the JSON form themselves. */
function readOptions(kind, json) {
  const own =
    kind === 'add'
      ? PublicKeyCredential.parseCreationOptionsFromJSON
      : PublicKeyCredential.parseRequestOptionsFromJSON;
  if (own) return own.call(PublicKeyCredential, json);
  const read = { ...json, challenge: bytes(json.challenge) };
  if (kind === 'use') return { ...read, allowCredentials: named(json.allowCredentials) };
  const user = { ...json.user, id: bytes(json.user.id) };
  return { ...read, user, excludeCredentials: named(json.excludeCredentials) };
}

function writeAnswer(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { id, type, response } = credential;
  const said = { clientDataJSON: base64url(response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) said[name] = base64url(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return { id, rawId: id, type, response: said, clientExtensionResults: {} };
}

class PasskeyButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector('button');
    this.status = this.querySelector('[role=status]');
    this.text = JSON.parse(this.dataset.text);
    if (!('PublicKeyCredential' in window)) {
      if (this.dataset.kind === 'add') this.status.textContent = this.text.unable;
      return;
    }
    this.button.hidden = false;
    this.button.addEventListener('click', () => void this.run());
  }

  async run() {
    const field = this.closest('section, main').querySelector('[name=passkeyName]');
    if (field && !field.reportValidity()) return;
    this.button.disabled = true;
    this.status.textContent = this.text.working;
    try {
      const { kind, at, next } = this.dataset;
      const publicKey = readOptions(kind, await this.post(`${at}/options`));
      const credential =
        kind === 'add'
          ? await navigator.credentials.create({ publicKey })
          : await navigator.credentials.get({ publicKey });
      const answer = writeAnswer(credential);
      const sent = kind === 'add' ? { name: field.value, answer } : { next, answer };
      const done = await this.post(at, sent);
      location.assign(kind === 'add' ? next : done.next);
    } catch (error) {
      this.button.disabled = false;
      this.status.textContent = this.reason(error);
    }
  }

  async post(path, body) {
    const headers = { Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    const response = await fetch(path, { method: 'POST', headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    if (response.ok) return answer;
    if (answer.code === 'step-up-required' || answer.code === 'sign-in-required') {
      const first = answer.code === 'step-up-required' ? '/step-up' : '/sign-in';
      location.assign(`${first}?next=${encodeURIComponent(location.pathname)}`);
    }
    throw Object.assign(new Error(answer.code), { problem: answer });
  }

  reason(error) {
    if (error.problem) return `${error.problem.title} ${error.problem.cure}`;
    return error instanceof DOMException ? this.text.cancelled : this.text.failed;
  }
}

customElements.define('passkey-button', PasskeyButton);

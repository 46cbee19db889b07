// Computes a file's SHA-256 on the person's own device. The file input has no name, so no form ever sends the file.

/** WebCrypto takes a file as a whole; more than this would not fit into the memory of small devices. */
const MAX_BYTES = 1_000_000_000;

class WorkFingerprint extends HTMLElement {
  connectedCallback() {
    const label = document.createElement('label');
    label.textContent = this.dataset.label;
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'fingerprint-file';
    label.htmlFor = input.id;
    const hint = document.createElement('p');
    hint.className = 'hint';
    hint.textContent = this.dataset.hint;
    this.status = document.createElement('p');
    this.status.setAttribute('role', 'status');
    this.replaceChildren(label, hint, input, this.status);
    input.addEventListener('change', () => {
      if (input.files[0]) void this.read(input.files[0]);
    });
  }

  async read(file) {
    this.status.textContent = this.dataset.working;
    try {
      if (file.size > MAX_BYTES) throw new RangeError('too large');
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      this.fill('sha256', Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''));
      this.fill('bytes', String(file.size));
      this.fill('mediaType', file.type);
      this.status.textContent = this.dataset.ready;
    } catch {
      this.status.textContent = this.dataset.failed;
    }
  }

  fill(name, value) {
    const field = this.closest('form').elements.namedItem(name);
    if (field) field.value = value;
  }
}

customElements.define('work-fingerprint', WorkFingerprint);

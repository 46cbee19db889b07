// Turns a part that unfolds into a dialog: the question comes before everything else, and Escape takes one back.

class AskFirst extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector('details');
    const summary = details?.querySelector('summary');
    const body = details?.querySelector('div');
    if (!summary || !body || typeof HTMLDialogElement === 'undefined') return;
    const heading = body.querySelector('h2');
    const dialog = document.createElement('dialog');
    heading.id ||= `ask-${document.querySelectorAll('dialog').length}`;
    dialog.setAttribute('aria-labelledby', heading.id);
    const opener = document.createElement('button');
    opener.type = 'button';
    opener.className = details.classList.contains('danger') ? 'danger' : 'quiet';
    opener.textContent = summary.textContent;
    opener.setAttribute('aria-haspopup', 'dialog');
    opener.addEventListener('click', () => dialog.showModal());
    const cancel = document.createElement('button');
    cancel.type = 'button';
    cancel.className = 'quiet';
    cancel.textContent = this.dataset.cancel;
    cancel.addEventListener('click', () => dialog.close());
    dialog.append(...body.childNodes, cancel);
    details.replaceWith(opener, dialog);
  }
}

customElements.define('ask-first', AskFirst);

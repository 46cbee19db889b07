// Shows the names while one types; without it the button of the form does the same.

const PAUSE_MS = 250;

class WallSearch extends HTMLElement {
  #timer;
  #running;

  connectedCallback() {
    const form = this.querySelector('form');
    if (!form) return;
    form.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#show(form), PAUSE_MS);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      void this.#show(form);
    });
  }

  async #show(form) {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
    const address = `${form.getAttribute('action')}${asked.size > 0 ? `?${asked}` : ''}`;
    try {
      const answer = await fetch(address, { headers: { Accept: 'text/html' }, signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const names = page.querySelector('#names');
      const here = document.querySelector('#names');
      if (!answer.ok || !names || !here) throw new Error(String(answer.status));
      here.replaceWith(document.adoptNode(names));
      for (const featured of document.querySelectorAll('.featured')) featured.hidden = asked.size > 0;
      this.querySelector('[role=status]').textContent = names.dataset.status;
      history.replaceState(null, '', address);
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(address);
    }
  }
}

customElements.define('wall-search', WallSearch);

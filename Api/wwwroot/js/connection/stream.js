// A stream of events with a cursor. The browser reconnects by itself as long as it gets answers that it understands; this goes on
// where it gives up, and knows how to begin anew without losing the place.

const firstDelay = 500;
const longestDelay = 15_000;
// An attempt may have gone out on a connection that the network has forgotten, and then nothing ever comes back.
const patience = 10_000;

export class Stream {
  #source;
  #timer;
  #deadline;
  #failures = 0;
  #url;
  #types;
  #on;

  /**
   * @param url the address that continues after a cursor
   * @param types the events to listen to
   * @param on `event(type, data)`, `state("connecting" | "live" | "reconnecting" | "closed")`, and `refused()`: the server has answered, and
   *   not with a stream; resolves to whether to go on trying
   */
  constructor(url, types, on) {
    this.#url = url;
    this.#types = types;
    this.#on = on;
  }

  /** The last event that has come with all that belongs to it. */
  cursor;

  /** When anything last came, by the page's clock. */
  heard = 0;

  get isLive() {
    return this.#source?.readyState === EventSource.OPEN;
  }

  /** Connects, after the cursor. A connection that there is gives way to the new one. */
  open(state = "connecting") {
    this.#drop();
    this.#on.state(state);
    const source = new EventSource(this.#url(this.cursor));
    this.#source = source;
    this.#expect();
    source.onopen = () => {
      this.#failures = 0;
      this.#deadline = clearTimeout(this.#deadline);
      this.heard = performance.now();
      this.#on.state("live");
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) return this.#gaveUp();
      this.#expect();
      this.#on.state("reconnecting");
    };
    for (const type of this.#types) {
      source.addEventListener(type, (event) => {
        this.heard = performance.now();
        if (event.lastEventId) this.cursor = event.lastEventId;
        this.#on.event(type, JSON.parse(event.data));
      });
    }
  }

  close() {
    this.#drop();
    this.#on.state("closed");
  }

  // Giving up an attempt closes its connection, so that the next one is made on a fresh one.
  #expect() {
    this.#deadline ??= setTimeout(() => this.open("reconnecting"), patience);
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#deadline = clearTimeout(this.#deadline);
    this.#source?.close();
    this.#source = undefined;
  }

  async #gaveUp() {
    const source = this.#source;
    this.#deadline = clearTimeout(this.#deadline);
    this.#on.state("reconnecting");
    const goOn = await this.#on.refused();
    if (source !== this.#source) return;
    if (!goOn) return this.close();
    const delay = Math.min(longestDelay, firstDelay * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.open("reconnecting"), delay);
  }
}

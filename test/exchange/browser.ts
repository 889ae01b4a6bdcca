/** What a browser does with a server's cookie, and says with each write. */
export class Browser {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  #cookie = "";

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  get cookie(): string {
    return this.#cookie;
  }

  async ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const reply = await fetch(`${this.#url}/api/v1/${path}`, {
      method,
      headers: {
        ...this.#headers,
        origin: this.#url,
        ...(this.#cookie === "" ? {} : { cookie: this.#cookie }),
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const [kept] = reply.headers.getSetCookie();
    if (kept !== undefined) this.#cookie = kept.split("; ")[0] ?? "";
    const text = await reply.text();
    return { status: reply.status, body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text };
  }
}

// A browser without a screen: cookies, forms, and redirects that it follows only to where it is told to.

export interface Browser {
  /** Goes there and on, until a page or an address that does not begin with `stay`. */
  open(url: string | URL): Promise<Visit>
  /** Fills the form that has a button or field of `action`, sends it, and goes on as above. */
  submit(visit: Visit, action: string, fields?: Readonly<Record<string, string>>): Promise<Visit>
  readonly cookies: Map<string, string>
}

export interface Visit {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
  /** Where the browser was sent last, when that is not ours. */
  readonly leftFor: URL | undefined
}

/** A browser that has never been anywhere. It leaves `origin` with nothing but the address in hand. */
export function openBrowser(origin: string): Browser {
  const cookies = new Map<string, string>()

  async function visit(url: string, init: RequestInit = {}): Promise<Visit> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers(init.headers)
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) remember(line)
    const location = response.headers.get('location')
    const html = await response.text()
    const target = location === null ? undefined : new URL(location, url)
    if (target?.origin === origin) return visit(target.href)
    return { url, status: response.status, headers: response.headers, html, leftFor: target }
  }

  function remember(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    if (attributes.includes('Max-Age=0')) cookies.delete(name)
    else cookies.set(name, value)
  }

  return {
    cookies,
    open: (url) => visit(String(url)),
    async submit({ url, html }, action, fields = {}) {
      const form = html.split('<form').find((text) => text.includes(`"${action}"`)) ?? ''
      const hidden = [...form.matchAll(/type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g)]
      const own = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
      return visit(url, {
        method: 'POST',
        headers: { origin, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ ...own, action, ...fields }),
      })
    },
  }
}

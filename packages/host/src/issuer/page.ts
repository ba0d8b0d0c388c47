// The frame of every page that people see. No scripts at all: what the browser may do is named in the
// Content-Security-Policy, and running anything is not among it.
import { createHash } from 'node:crypto'
import type { Answer } from '../http/exchange.ts'
import { html, Html } from './html.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #16202c; --paper: #fff; --sea: #f1f5f9; --line: #c3ccd6;
  --deep: #0b5cad; --on-deep: #fff; --alarm: #a3121f; --quiet: #51606f }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --paper: #1a232d; --sea: #10171e;
  --line: #465463; --deep: #7ab8f5; --on-deep: #0d1822; --alarm: #ff9c9c; --quiet: #a3b1bf } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--sea); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { width: min(26rem, 100%); padding: 2rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .75rem; overflow-wrap: anywhere }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.25 }
p, ul { margin: 0 0 1.25rem } .quiet { color: var(--quiet) }
label { display: block; margin-bottom: .25rem; font-weight: 600 }
input { width: 100%; margin-bottom: 1rem; padding: .625rem .75rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--line); border-radius: .375rem }
button { width: 100%; margin-bottom: .75rem; padding: .625rem; font: inherit; font-weight: 600;
  color: var(--on-deep); background: var(--deep); border: 1px solid var(--deep);
  border-radius: .375rem; cursor: pointer }
button.second { color: var(--deep); background: transparent }
:focus-visible { outline: 3px solid var(--deep); outline-offset: 2px }
.alarm { padding: .625rem .75rem; color: var(--alarm); border: 1px solid; border-radius: .375rem }
`

let styleHash: string | undefined

export interface Page {
  readonly title: string
  readonly content: Html
  /** Where the form's answer may send the browser on to, besides https addresses. */
  readonly redirectUri?: string | undefined
}

/** A whole page, with headers that keep it out of frames, caches and other people's referrers. */
export function pageAnswer(status: number, { title, content, redirectUri }: Page): Answer {
  styleHash ??= createHash('sha256').update(STYLE).digest('base64')
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' https:${formTarget(redirectUri)}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      // Not `no-referrer`: with it, browsers send `Origin: null` with the form, which we refuse.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
    body: text,
  }
}

/** Browsers hold the whole chain of redirects after a form against `form-action`. */
function formTarget(redirectUri: string | undefined): string {
  const url = URL.parse(redirectUri ?? '')
  if (url === null || url.protocol === 'https:') return ''
  return ` ${url.protocol === 'http:' ? url.origin : url.protocol}`
}

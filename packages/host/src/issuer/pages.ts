import type { Answer } from '../http/exchange.ts'
import { html, type Html } from './html.ts'
import { pageAnswer } from './page.ts'

/** What every form carries: a token that only pages of this pool know (login-form.ts). */
interface FormPage {
  readonly csrfToken: string
  readonly applicationName: string
  readonly redirectUri: string
  readonly status?: number
  readonly error?: string | undefined
}

export function signInPage(
  page: FormPage & { readonly username?: string | undefined; readonly offersDeveloper: boolean },
): Answer {
  const { username = '', offersDeveloper } = page
  const developer = html`<form method="post">
    ${hidden({ _csrf: page.csrfToken, action: 'developer' })}
    <button class="second">Continue as developer</button>
    <p class="quiet">Only offered on this machine, by <code>catamaran up</code>.</p>
  </form>`
  return formPage('Sign in', page, [
    html`<p class="quiet">to continue to ${page.applicationName}</p>`,
    alarm(page.error),
    html`<form method="post">
      ${hidden({ _csrf: page.csrfToken, action: 'sign-in' })}
      <label for="username">User name</label>
      <input
        id="username"
        name="username"
        value="${username}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        maxlength="128"
        required
        ${username === '' ? html`autofocus` : undefined}
      />
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        maxlength="256"
        required
        ${username === '' ? undefined : html`autofocus`}
      />
      <button>Sign in</button>
    </form>`,
    offersDeveloper ? developer : html``,
  ])
}

/** After a temporary password. */
export function newPasswordPage(page: FormPage & { readonly challenge: string }): Answer {
  return formPage('Choose a new password', page, [
    html`<p class="quiet">The password you have is good for one sign-in only.</p>`,
    alarm(page.error),
    html`<form method="post">
      ${hidden({ _csrf: page.csrfToken, action: 'new-password', challenge: page.challenge })}
      <label for="password">New password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        maxlength="256"
        required
        autofocus
      />
      <button>Save and continue</button>
    </form>`,
  ])
}

/** For an application that registered itself: nobody but the person can say whether it may. */
export function consentPage(
  page: FormPage & {
    readonly username: string
    readonly scopes: readonly { readonly name: string; readonly description: string | undefined }[]
  },
): Answer {
  const scopes = page.scopes.map(
    ({ name, description }) =>
      html`<li><code>${name}</code>${description ? html`<br />${description}` : undefined}</li>`,
  )
  return formPage('Allow access?', page, [
    html`<p>
      <strong>${page.applicationName}</strong> wants to act for you,
      <strong>${page.username}</strong>, with:
    </p>`,
    html`<ul>
      ${scopes}
    </ul>`,
    html`<p class="quiet">
      It registered itself, so its name proves nothing. You will be sent to
      <strong>${describeTarget(page.redirectUri)}</strong>.
    </p>`,
    html`<form method="post">
      ${hidden({ _csrf: page.csrfToken })}
      <button name="action" value="allow">Allow</button>
      <button name="action" value="deny" class="second">Deny</button>
    </form>`,
  ])
}

/** For what cannot be told to an application, because it is not known to be one. */
export function errorPage(status: number, message: string): Answer {
  const content = html`<p class="alarm" role="alert">${message}</p>
    <p class="quiet">Go back to the application and try again.</p>`
  return pageAnswer(status, { title: 'This does not work', content })
}

function formPage(title: string, page: FormPage, content: readonly Html[]): Answer {
  const { redirectUri, status = 200 } = page
  return pageAnswer(status, { title, content: html`${content}`, redirectUri })
}

function hidden(fields: Readonly<Record<string, string>>): readonly Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
}

function alarm(message: string | undefined): Html {
  return message === undefined ? html`` : html`<p class="alarm" role="alert">${message}</p>`
}

function describeTarget(redirectUri: string): string {
  const url = URL.parse(redirectUri)
  if (url === null) return redirectUri
  const isLoopback = url.protocol === 'http:'
  if (isLoopback) return `a program on this computer (${url.host})`
  return url.host === '' ? url.protocol : url.host
}

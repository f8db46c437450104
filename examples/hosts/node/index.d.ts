export type Vendor = 'Xiaomi' | 'Huawei' | 'Honor' | 'OPPO' | 'vivo' | 'Meizu' | 'FCM' | 'APNs' | 'HarmonyOS'

/** The forms in which Tencent's interfaces take push options. Electron takes `c-api`, the server `rest`. */
export type Form = 'c-api' | 'rest' | 'v2tim' | 'v2tim-arkts' | 'web'

/** Every function throws this. `code` does not change between versions; nothing in it shows what was given. */
export interface PushError extends Error {
  code: string
}

export interface PushMessage {
  title: string
  desc: string
  /** What a tap hands over: the text of a JSON object, since OPPO delivers nothing else. */
  ext?: string
  xiaomiChannel?: string
  oppoChannel?: string
  fcmChannel?: string
}

export interface Written {
  /** JSON. */
  text: string
  /** What the form cannot carry. */
  notCarried: string[]
}

export interface Finding {
  rule: string
  severity: 'error' | 'warning' | 'note'
  vendor?: Vendor
  place: string
  cause: string
  fix: string
}

/** A tapped notification. It comes from outside of the app: treat it as input of a stranger. */
export interface Tap {
  route: 'chat' | 'call' | 'custom' | 'none' | 'unknown'
  user?: string
  group?: string
  ext?: string
  vendor?: Vendor
  messageId?: string
}

/** What a tap opens: a screen (its intent URI), a web page, or with neither the app. */
export interface Click {
  screen?: string
  web?: string
}

export interface ConsoleEntry {
  choice?: string
  value?: string
  advice?: string
}

export interface SetUp {
  package?: string
  /** The text of timpush-configs.json. */
  config?: string
  /** The output of `getprop`. */
  device?: string
  /** What stands in each vendor's console for a tap. */
  clicks?: Partial<Record<Vendor, string>>
  /** Push options as JSON; `pushForm` is `rest` if it is missing. */
  push?: string
  pushForm?: Form
  /** Source files by their names. */
  sources?: Record<string, string>
}

export interface Report {
  findings: Finding[]
  markdown: string
}

/** Writes push options in one of Tencent's forms. */
export function writeMessage(message: PushMessage, to: Form): Written

/** Reads push options, or a message that holds them, and says what would go wrong: for all vendors, or for these. */
export function checkMessage(text: string, from: Form, vendors?: Vendor[]): Finding[]

/** Reads push options in one form and writes them in another. */
export function convertMessage(text: string, from: Form, to: Form): Written

/** Reads what a tapped notification handed over. */
export function readTap(vendor: Vendor | null, text: string): Tap

/** What to type into a vendor's console, so that a tap opens this. */
export function consoleEntry(vendor: Vendor, click: Click): ConsoleEntry

/** Looks through whatever there is of a set-up. */
export function doctor(setUp: SetUp): Report

/** Every word a person reads on a page. `{places}` are filled by `say`; another language is one more file of type `Text`. */
import type { Locale } from "../../config/locale.ts";

export const en = {
  lang: "en" as Locale,
  dir: "ltr" as "ltr" | "rtl",
  product: "Vestibule",
  request: "Request {id}",
  backTo: "Back to {client}",
  continueTo: "Continue to {client}",
  theApp: "the app",
  choose: {
    title: "Choose how to sign in",
    lead: "to continue to {client}",
    list: "Ways to sign in",
    cancel: "Cancel and go back to {client}",
  },
  noConnections: {
    title: "No way to sign in yet",
    message:
      "{workspace} has not been given a way to sign people in, so you cannot continue to {client} just now.",
    next: "Please tell the people who run {client}. They can add a way to sign in under Identity Providers, and then this page works at once.",
  },
  consent: {
    title: "{client} asks for access",
    who: "Signed in as {person}",
    lead: "Choose what {client} may see and do. You can leave out what you do not want to share.",
    scopes: "What will be shared",
    always: "Always shared",
    alwaysNote: "Every app of {workspace} gets this.",
    openid: "Know who you are on this site",
    openidNote: "Needed to sign you in",
    offlineNote: "Until you take it back",
    scripted: "{client} may also get further values that {workspace} works out from these.",
    goesTo: "After you decide you go to {host}",
    website: "Website",
    policy: "Privacy policy",
    terms: "Terms of use",
    links: "About {client}",
    allow: "ALLOW ACCESS",
    deny: "Cancel",
    /** Scopes that every workspace starts with, unless the operator gave them other words. */
    standard: {
      openid: { name: "Know who you are", note: "Recognise you when you come back" },
      profile: { name: "Your profile", note: "Your name, picture and other basics" },
      email: { name: "Your e-mail address", note: "And whether it is confirmed" },
      phone: { name: "Your phone number", note: "And whether it is confirmed" },
      address: { name: "Your postal address", note: "Where you get your mail" },
      offline_access: { name: "Stay signed in", note: "Keep this access while you are away" },
      view_lineage: {
        name: "See where your data came from",
        note: "Show you which values were passed on, and why",
      },
    },
  },
  error: {
    next: "What you can do",
    details: "Details for support",
    code: "Code",
    detail: "Reason",
    request: "Request",
    time: "Time",
    again: "Start again",
    theProvider: "Your sign-in provider",
    kinds: {
      expired: {
        title: "This sign-in took too long",
        message: "For your safety a sign-in stays open for a limited time, and this one has run out.",
        next: [
          "Open {client} again and sign in there. It begins a new sign-in.",
          "You can close this page: it stays as it is.",
        ],
      },
      other_browser: {
        title: "This sign-in began somewhere else",
        message: "We could not find the start of this sign-in in this browser.",
        next: [
          "Open {client} again in this browser and sign in there, without changing the browser on the way.",
          "If it happens again, allow cookies for this site and try once more.",
        ],
      },
      already_used: {
        title: "This sign-in is already finished",
        message: "The page you came from was used before, so there is nothing left to do here.",
        next: ["Go back to the app. If it does not know you yet, sign in again."],
      },
      unknown_client: {
        title: "We do not know this app",
        message: "The app that sent you here is not registered with us, or it has been switched off.",
        next: [
          "Check the link that brought you here.",
          "If you came from an app, tell the people who run it. The details below help them.",
        ],
      },
      wrong_redirect: {
        title: "We cannot send you back",
        message:
          "The app asked us to send you to an address that it has not registered. To keep you safe we stopped here.",
        next: ["Tell the people who run the app. The details below help them."],
      },
      bad_request: {
        title: "This link does not work",
        message: "The app sent us a request that we cannot understand.",
        next: [
          "Go back to the app and try again.",
          "If it happens again, tell the people who run the app. The details below help them.",
        ],
      },
      too_large: {
        title: "The app sent us too much",
        message: "The request of the app is larger than a browser can keep during a sign-in.",
        next: ["Tell the people who run the app. The details below say how much fits."],
      },
      connection_off: {
        title: "This way to sign in is switched off",
        message: "The way to sign in that you chose cannot be used at the moment.",
        next: ["Start again and choose another way to sign in.", "Or ask the people who run the app."],
      },
      provider_refused: {
        title: "You were not signed in",
        message:
          "{provider} did not sign you in. You may have cancelled, or it does not let you use this app.",
        next: [
          "Start again and sign in there once more.",
          "If it is not meant to refuse you, ask the people who run it.",
        ],
      },
      provider_failed: {
        title: "We cannot trust that answer",
        message: "{provider} sent an answer that we could not verify, so we did not sign you in.",
        next: [
          "Start again.",
          "If it happens again, tell the people who run the app. The details below help them.",
        ],
      },
      provider_unreachable: {
        title: "{provider} does not answer",
        message: "We tried to reach it to sign you in, and got no answer. It may be down for a moment.",
        next: ["Wait a minute and start again.", "If you can, choose another way to sign in."],
      },
      cross_site: {
        title: "We did not do that",
        message: "The request came from another website. To keep you safe we did nothing.",
        next: ["If you meant to do this, go back and press the button on our own page."],
      },
      not_found: {
        title: "There is nothing here",
        message: "The address may be mistyped, or the page has gone.",
        next: ["Check the address, or go back to where you came from."],
      },
      too_many: {
        title: "That was a lot at once",
        message:
          "We got more requests from your network in a short time than we can take. You did nothing wrong.",
        next: [
          "Wait a minute and start again.",
          "If you share your internet connection with many people, try again a little later.",
        ],
      },
      unavailable: {
        title: "We need a moment",
        message: "Signing in is not possible right now. Nothing is lost.",
        next: ["Wait a minute and start again."],
      },
      server_error: {
        title: "Something went wrong on our side",
        message: "We could not finish what you asked for. It is not your fault.",
        next: [
          "Wait a minute and start again.",
          "If it happens again, tell the people who run the app. The details below help them.",
        ],
      },
    },
  },
  leave: {
    title: "Taking you to {client}",
    message: "If nothing happens in a moment, use the button.",
    stuck: "We cannot open the address of this app. You can close this window.",
  },
  portal: {
    title: "Welcome to {workspace}",
    known: "Hello, {person}",
    lead: "This is your own page: from here you sign in to apps and see what they know about you.",
    demo: "Try it with the demo app",
    demoNote:
      "Sign in the way you always do. The demo app then shows exactly what an app gets to see, and where each value came from.",
    login: "LOGIN TO DEMO APP",
    options: "Options and explanation",
  },
  demo: {
    name: "Demo app",
    title: "See what an app sees",
    lead: "This demo is an ordinary app of {workspace}. Sign in, and it shows the tokens it was given, claim by claim.",
    login: "LOGIN TO DEMO APP",
    steps: [
      "You sign in at the provider you choose.",
      "You decide what to share.",
      "The demo shows each value and where it came from.",
    ],
    options: "Options",
    optionsNote: "Change what the demo asks for. What you leave empty is not sent.",
    scope: "Scopes",
    prompt: "Prompt",
    promptNone: "none: do not show any page",
    promptLogin: "login: sign in anew",
    promptConsent: "consent: ask for consent again",
    promptSelect: "select_account: choose the account",
    asUsual: "As usual",
    login_hint: "Login hint",
    login_hintNote: "Such as an e-mail address",
    max_age: "Maximum age in seconds",
    max_ageNote: "How long ago the sign-in may be",
    response_mode: "Response mode",
    acr_values: "ACR values",
    withOptions: "LOGIN WITH THESE OPTIONS",
    portal: "Your page at {workspace}",
    signedIn: "Signed in as {person}",
    signedInTitle: "What the demo app sees",
    signedInLead:
      "These are the tokens that {workspace} made for this app, and the path each value took to get here.",
    overTitle: "What the demo app saw",
    overLead:
      "These tokens no longer work. They are still shown, so that you can see what the app was given; {workspace} does not accept them any more.",
    over: "That sign-in is over.",
    overNext: "Log in again to see new tokens.",
    refreshed: "New tokens were issued.",
    revoked: "Access was revoked.",
    failed: "The app was told that this did not work.",
    refused: "The app may not ask any more.",
    sections: "Sections",
    actions: "Actions",
    idToken: "ID token",
    idTokenNote: "Tells the app who you are.",
    accessToken: "Access token",
    accessTokenNote: "Opens an API on your behalf.",
    userinfo: "User info",
    userinfoNote: "What the user info endpoint answers.",
    refreshToken: "Refresh token",
    refreshTokenNote: "Gets new tokens without asking you to sign in again.",
    refreshTokenNone: "This app was not given one. It comes with the scope offline_access.",
    opaque: "This token can be read by {workspace} only.",
    claim: "Claim",
    value: "Value",
    origin: "Where it came from",
    header: "Header",
    raw: "Raw token",
    noClaims: "Nothing about you.",
    protocol: "Protocol claims",
    protocolNote: "Set by the protocol: no setting of the workspace changes them.",
    refresh: "Refresh tokens",
    getUserinfo: "Get user info",
    revoke: "Revoke",
    again: "Log in again",
    logout: "Log out",
  },
  signOut: {
    title: "Sign out of {workspace}?",
    message:
      "You will be signed out of {workspace} in this browser. Apps that you have open may ask you to sign in again.",
    asked: "{client} asked to sign you out.",
    signOut: "Sign out",
    stay: "Stay signed in",
  },
  signedOut: {
    title: "You are signed out",
    message: "You have signed out of {workspace} in this browser.",
    shared: "If other people use this computer, close all windows of the browser.",
    again: "Sign in again",
  },
  welcome: {
    title: "This is a front door",
    message:
      "{host} signs people in to apps. There is nothing to do on this page: open the app you want to use, and it brings you here when it needs to know you.",
    lost: "If an app sent you here by mistake, tell the people who run it.",
  },
};

export type Text = typeof en;
export type ErrorKind = keyof Text["error"]["kinds"];

/** The words of `en.ts` in German, to people we do not know (Sie). */
import type { Text } from "./en.ts";

export const de: Text = {
  lang: "de",
  dir: "ltr",
  product: "Vestibule",
  request: "Anfrage {id}",
  backTo: "Zurück zu {client}",
  continueTo: "Weiter zu {client}",
  theApp: "der App",
  choose: {
    title: "Wie möchten Sie sich anmelden?",
    lead: "um {client} zu nutzen",
    list: "Möglichkeiten der Anmeldung",
    cancel: "Abbrechen und zurück zu {client}",
  },
  noConnections: {
    title: "Anmelden geht hier noch nicht",
    message:
      "Für {workspace} ist noch keine Anmeldung eingerichtet. Deshalb kommen Sie gerade nicht weiter zu {client}.",
    next: "Sagen Sie bitte denen Bescheid, die {client} betreiben. Sie können unter Identity Providers eine Anmeldung hinzufügen; danach funktioniert diese Seite sofort.",
  },
  consent: {
    title: "{client} bittet um Zugriff",
    who: "Angemeldet als {person}",
    lead: "Entscheiden Sie, was {client} sehen und tun darf. Was Sie nicht teilen möchten, können Sie weglassen.",
    scopes: "Was geteilt wird",
    always: "Wird immer geteilt",
    alwaysNote: "Das bekommt jede App von {workspace}.",
    openid: "Wissen, wer Sie hier sind",
    openidNote: "Nötig, um Sie anzumelden",
    offlineNote: "Bis Sie es zurücknehmen",
    scripted: "{client} kann außerdem weitere Angaben bekommen, die {workspace} daraus ableitet.",
    goesTo: "Danach geht es weiter zu {host}",
    website: "Website",
    policy: "Datenschutz",
    terms: "Nutzungsbedingungen",
    links: "Über {client}",
    allow: "ZUGRIFF ERLAUBEN",
    deny: "Abbrechen",
    standard: {
      openid: { name: "Wissen, wer Sie sind", note: "Sie wiedererkennen, wenn Sie zurückkommen" },
      profile: { name: "Ihr Profil", note: "Ihr Name, Ihr Bild und andere Grunddaten" },
      email: { name: "Ihre E-Mail-Adresse", note: "Und ob sie bestätigt ist" },
      phone: { name: "Ihre Telefonnummer", note: "Und ob sie bestätigt ist" },
      address: { name: "Ihre Postanschrift", note: "Wo Sie Ihre Post bekommen" },
      offline_access: { name: "Angemeldet bleiben", note: "Der Zugriff bleibt, auch wenn Sie nicht da sind" },
      view_lineage: {
        name: "Sehen, woher Ihre Daten kommen",
        note: "Zeigt Ihnen, welche Angaben weitergegeben wurden und warum",
      },
    },
  },
  error: {
    next: "Was Sie tun können",
    details: "Angaben für den Support",
    code: "Code",
    detail: "Grund",
    request: "Anfrage",
    time: "Zeit",
    again: "Neu beginnen",
    theProvider: "Ihr Anmeldedienst",
    kinds: {
      expired: {
        title: "Diese Anmeldung hat zu lange gedauert",
        message:
          "Zu Ihrer Sicherheit bleibt eine Anmeldung nur eine begrenzte Zeit offen, und diese ist abgelaufen.",
        next: [
          "Öffnen Sie {client} noch einmal und melden Sie sich dort an. Damit beginnt eine neue Anmeldung.",
          "Diese Seite können Sie schließen, hier geht es nicht weiter.",
        ],
      },
      other_browser: {
        title: "Diese Anmeldung hat woanders begonnen",
        message: "Wir konnten den Anfang dieser Anmeldung in diesem Browser nicht finden.",
        next: [
          "Öffnen Sie {client} noch einmal in diesem Browser und melden Sie sich dort an, ohne unterwegs den Browser zu wechseln.",
          "Wenn es wieder passiert, erlauben Sie Cookies für diese Website und versuchen Sie es noch einmal.",
        ],
      },
      already_used: {
        title: "Diese Anmeldung ist schon abgeschlossen",
        message: "Die Seite, von der Sie kommen, wurde schon benutzt. Hier ist nichts mehr zu tun.",
        next: ["Gehen Sie zurück zur App. Wenn sie Sie noch nicht kennt, melden Sie sich noch einmal an."],
      },
      unknown_client: {
        title: "Wir kennen diese App nicht",
        message: "Die App, von der Sie kommen, ist bei uns nicht eingetragen oder wurde abgeschaltet.",
        next: [
          "Prüfen Sie den Link, der Sie hierher geführt hat.",
          "Wenn Sie aus einer App kommen, sagen Sie denen Bescheid, die sie betreiben. Die Angaben unten helfen dabei.",
        ],
      },
      wrong_redirect: {
        title: "Wir können Sie nicht zurückschicken",
        message:
          "Die App wollte, dass wir Sie an eine Adresse schicken, die sie nicht angemeldet hat. Zu Ihrer Sicherheit haben wir hier angehalten.",
        next: ["Sagen Sie denen Bescheid, die die App betreiben. Die Angaben unten helfen dabei."],
      },
      bad_request: {
        title: "Dieser Link funktioniert nicht",
        message: "Die App hat uns eine Anfrage geschickt, die wir nicht verstehen.",
        next: [
          "Gehen Sie zurück zur App und versuchen Sie es noch einmal.",
          "Wenn es wieder passiert, sagen Sie denen Bescheid, die die App betreiben. Die Angaben unten helfen dabei.",
        ],
      },
      too_large: {
        title: "Die App hat uns zu viel geschickt",
        message:
          "Die Anfrage der App ist größer als das, was sich ein Browser während einer Anmeldung merken kann.",
        next: [
          "Sagen Sie denen Bescheid, die die App betreiben. In den Angaben unten steht, wie viel erlaubt ist.",
        ],
      },
      connection_off: {
        title: "Diese Anmeldung ist abgeschaltet",
        message: "Die Anmeldung, die Sie gewählt haben, ist im Moment nicht möglich.",
        next: [
          "Beginnen Sie neu und wählen Sie eine andere Anmeldung.",
          "Oder fragen Sie die, die die App betreiben.",
        ],
      },
      provider_refused: {
        title: "Sie wurden nicht angemeldet",
        message:
          "{provider} hat Sie nicht angemeldet. Vielleicht haben Sie abgebrochen, oder Sie dürfen diese App dort nicht nutzen.",
        next: [
          "Beginnen Sie neu und melden Sie sich dort noch einmal an.",
          "Wenn Sie eigentlich Zugang haben sollten, fragen Sie die, die dort zuständig sind.",
        ],
      },
      provider_failed: {
        title: "Wir können dieser Antwort nicht trauen",
        message:
          "{provider} hat eine Antwort geschickt, die wir nicht bestätigen konnten. Deshalb haben wir Sie nicht angemeldet.",
        next: [
          "Beginnen Sie neu.",
          "Wenn es wieder passiert, sagen Sie denen Bescheid, die die App betreiben. Die Angaben unten helfen dabei.",
        ],
      },
      provider_unreachable: {
        title: "{provider} antwortet nicht",
        message:
          "Wir wollten Sie dort anmelden und haben keine Antwort bekommen. Vielleicht ist es nur eine kurze Störung.",
        next: [
          "Warten Sie eine Minute und beginnen Sie neu.",
          "Wenn es geht, wählen Sie eine andere Anmeldung.",
        ],
      },
      cross_site: {
        title: "Das haben wir nicht getan",
        message: "Die Anfrage kam von einer anderen Website. Zu Ihrer Sicherheit haben wir nichts getan.",
        next: [
          "Wenn Sie es wirklich wollten, gehen Sie zurück und benutzen Sie den Knopf auf unserer eigenen Seite.",
        ],
      },
      not_found: {
        title: "Hier ist nichts",
        message: "Vielleicht ist die Adresse falsch geschrieben, oder die Seite gibt es nicht mehr.",
        next: ["Prüfen Sie die Adresse, oder gehen Sie dorthin zurück, woher Sie gekommen sind."],
      },
      too_many: {
        title: "Das war viel auf einmal",
        message:
          "Aus Ihrem Netz kamen in kurzer Zeit mehr Anfragen, als wir annehmen können. Sie haben nichts falsch gemacht.",
        next: [
          "Warten Sie eine Minute und beginnen Sie neu.",
          "Wenn Sie Ihren Internetanschluss mit vielen anderen teilen, versuchen Sie es etwas später noch einmal.",
        ],
      },
      unavailable: {
        title: "Wir brauchen einen Moment",
        message: "Anmelden geht gerade nicht. Es ist nichts verloren gegangen.",
        next: ["Warten Sie eine Minute und beginnen Sie neu."],
      },
      server_error: {
        title: "Bei uns ist etwas schiefgegangen",
        message: "Wir konnten nicht zu Ende bringen, was Sie wollten. Es liegt nicht an Ihnen.",
        next: [
          "Warten Sie eine Minute und beginnen Sie neu.",
          "Wenn es wieder passiert, sagen Sie denen Bescheid, die die App betreiben. Die Angaben unten helfen dabei.",
        ],
      },
    },
  },
  leave: {
    title: "Weiter zu {client}",
    message: "Wenn gleich nichts passiert, benutzen Sie den Knopf.",
    stuck: "Wir können die Adresse dieser App nicht öffnen. Sie können dieses Fenster schließen.",
  },
  portal: {
    title: "Willkommen bei {workspace}",
    known: "Guten Tag, {person}",
    lead: "Das ist Ihre eigene Seite: Von hier aus melden Sie sich bei Apps an und sehen, was diese über Sie wissen.",
    demo: "Mit der Demo-App ausprobieren",
    demoNote:
      "Melden Sie sich an wie immer. Die Demo-App zeigt dann genau, was eine App zu sehen bekommt und woher jede Angabe stammt.",
    login: "BEI DER DEMO-APP ANMELDEN",
    options: "Einstellungen und Erklärung",
  },
  demo: {
    name: "Demo-App",
    title: "Sehen, was eine App sieht",
    lead: "Diese Demo ist eine gewöhnliche App von {workspace}. Melden Sie sich an, und sie zeigt Angabe für Angabe die Token, die sie bekommen hat.",
    login: "BEI DER DEMO-APP ANMELDEN",
    steps: [
      "Sie melden sich bei dem Anbieter an, den Sie wählen.",
      "Sie entscheiden, was Sie teilen.",
      "Die Demo zeigt jeden Wert und woher er stammt.",
    ],
    options: "Einstellungen",
    optionsNote: "Ändern Sie, worum die Demo bittet. Was Sie leer lassen, wird nicht gesendet.",
    scope: "Scopes",
    prompt: "Prompt",
    promptNone: "none: keine Seite zeigen",
    promptLogin: "login: neu anmelden",
    promptConsent: "consent: noch einmal um Zustimmung bitten",
    promptSelect: "select_account: Konto auswählen",
    asUsual: "Wie üblich",
    login_hint: "Login hint",
    login_hintNote: "Zum Beispiel eine E-Mail-Adresse",
    max_age: "Höchstes Alter in Sekunden",
    max_ageNote: "Wie lange die Anmeldung her sein darf",
    response_mode: "Response mode",
    acr_values: "ACR values",
    withOptions: "MIT DIESEN EINSTELLUNGEN ANMELDEN",
    portal: "Ihre Seite bei {workspace}",
    signedIn: "Angemeldet als {person}",
    signedInTitle: "Was die Demo-App sieht",
    signedInLead:
      "Das sind die Token, die {workspace} für diese App ausgestellt hat, und der Weg, den jeder Wert bis hierher genommen hat.",
    overTitle: "Was die Demo-App gesehen hat",
    overLead:
      "Diese Token funktionieren nicht mehr. Sie werden noch gezeigt, damit Sie sehen, was die App bekommen hat; {workspace} nimmt sie nicht mehr an.",
    over: "Diese Anmeldung ist vorbei.",
    overNext: "Melden Sie sich noch einmal an, um neue Token zu sehen.",
    refreshed: "Es wurden neue Token ausgestellt.",
    revoked: "Der Zugriff wurde zurückgenommen.",
    failed: "Die App hat die Antwort bekommen, dass das nicht ging.",
    refused: "Die App darf nicht mehr fragen.",
    sections: "Abschnitte",
    actions: "Aktionen",
    idToken: "ID-Token",
    idTokenNote: "Sagt der App, wer Sie sind.",
    accessToken: "Access-Token",
    accessTokenNote: "Öffnet eine Schnittstelle in Ihrem Namen.",
    userinfo: "User Info",
    userinfoNote: "Was der User-Info-Endpunkt antwortet.",
    refreshToken: "Refresh-Token",
    refreshTokenNote: "Holt neue Token, ohne dass Sie sich noch einmal anmelden.",
    refreshTokenNone: "Diese App hat keines bekommen. Es kommt mit dem Scope offline_access.",
    opaque: "Nur {workspace} kann dieses Token lesen.",
    claim: "Angabe",
    value: "Wert",
    origin: "Woher der Wert stammt",
    header: "Kopf",
    raw: "Token im Wortlaut",
    noClaims: "Nichts über Sie.",
    protocol: "Angaben des Protokolls",
    protocolNote: "Vom Protokoll gesetzt: Keine Einstellung des Workspace ändert sie.",
    refresh: "Token erneuern",
    getUserinfo: "User Info holen",
    revoke: "Zurücknehmen",
    again: "Noch einmal anmelden",
    logout: "Abmelden",
  },
  signOut: {
    title: "Von {workspace} abmelden?",
    message:
      "Sie werden in diesem Browser von {workspace} abgemeldet. Apps, die Sie geöffnet haben, bitten Sie dann vielleicht um eine neue Anmeldung.",
    asked: "{client} möchte Sie abmelden.",
    signOut: "Abmelden",
    stay: "Angemeldet bleiben",
  },
  signedOut: {
    title: "Sie sind abgemeldet",
    message: "Sie haben sich in diesem Browser von {workspace} abgemeldet.",
    shared: "Wenn andere diesen Computer benutzen, schließen Sie alle Fenster des Browsers.",
    again: "Wieder anmelden",
  },
  welcome: {
    title: "Das ist eine Eingangstür",
    message:
      "{host} meldet Menschen bei Apps an. Auf dieser Seite gibt es nichts zu tun: Öffnen Sie die App, die Sie nutzen möchten. Sie führt Sie hierher, wenn sie wissen muss, wer Sie sind.",
    lost: "Wenn eine App Sie aus Versehen hierher geschickt hat, sagen Sie denen Bescheid, die sie betreiben.",
  },
};

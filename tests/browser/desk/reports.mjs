// One invented event, told by four invented outlets, and one event beside it.
export const reports = [
  {
    outlet: "Brackwater Herald",
    path: "/herald/ferry",
    title: "Ferry Marlin runs aground off Sorrel, 14 hurt",
    published: "2026-03-10T08:10:00Z",
    text: [
      "BRACKWATER – The ferry Marlin ran aground off Pier Sorrel in thick fog on Tuesday morning, and 14 people were hurt, the coast guard said.",
      "All 212 passengers were taken ashore within three hours. “The fog came down like a curtain, and then we heard the rocks,” said the captain, Ilse Varnholt.",
      "The Marlin had left Brackwater at 6.40 a.m. for the island of Tarn. Its owner, Tarnsund Ferries, said that the crossing would be closed until Friday.",
    ],
  },
  {
    outlet: "Tarn Gazette",
    path: "/gazette/marlin",
    title: "Marlin ferry on the rocks at Sorrel: nine hurt",
    published: "2026-03-10T09:30:00Z",
    text: [
      "TARN – Nine people were hurt when the ferry Marlin ran aground off Pier Sorrel in fog on Tuesday morning, the coast guard said.",
      "“The fog came down like a curtain and then we heard the rocks,” captain Ilse Varnholt told the Gazette.",
      "Tarnsund Ferries said the crossing to Tarn would stay closed until Friday. The 212 passengers were brought ashore by lifeboats.",
    ],
  },
  {
    outlet: "Velmark Standard",
    path: "/standard/aground",
    title: "Passengers rescued as ferry Marlin runs aground in fog",
    published: "2026-03-10T11:00:00Z",
    text: [
      "Lifeboats rescued 212 passengers on Tuesday after the ferry Marlin ran aground off Pier Sorrel near Brackwater. The coast guard said that 14 people were hurt.",
      "Harbour master Odo Brask said: “We had warned of fog at five in the morning.”",
      "The owner, Tarnsund Ferries, closed the crossing to Tarn until Friday.",
    ],
  },
  {
    outlet: "Orchard Post",
    path: "/orchard/blossom",
    title: "Late frost threatens the plum orchards of Lindal",
    published: "2026-03-10T10:00:00Z",
    text: [
      "LINDAL – Growers in the Lindal valley lit fires on Monday night to keep frost from their plum trees, and fear for half of the harvest.",
      "“We have never seen blossom so early,” said Maren Ost, who keeps 900 trees.",
    ],
  },
];

// What comes later.
export const late = {
  outlet: "Northern Wire",
  path: "/wire/marlin",
  title: "Ferry Marlin aground off Sorrel, coast guard says 14 hurt",
  published: "2026-03-10T12:20:00Z",
  text: [
    "The ferry Marlin ran aground off Pier Sorrel in fog on Tuesday, hurting 14 people, the coast guard said. All 212 passengers were brought ashore.",
    "“The fog came down like a curtain, and then we heard the rocks,” captain Ilse Varnholt said. Divers will look at the hull on Wednesday.",
  ],
};

// What comes later still.
export const later = {
  outlet: "Harbour Weekly",
  path: "/weekly/hull",
  title: "Divers find a long tear in the hull of the Marlin",
  published: "2026-03-11T15:00:00Z",
  text: [
    "Divers found a tear of nine metres in the hull of the ferry Marlin on Wednesday, a day after it ran aground off Pier Sorrel in fog.",
    "“She will not sail this spring,” said Odo Brask, the harbour master of Brackwater.",
  ],
};

// What somebody writes who means harm.
const script = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
export const hostile = {
  outlet: `Evil ${script} Herald`,
  path: "/evil/one",
  title: `Ferry \u202eniltraM\u202c ${script} "><svg onload=document.title='owned'>`,
  published: "2026-03-10T12:40:00Z",
  author: `<b onmouseover=document.title='owned'>Eve</b>`,
  text: [
    `The ferry Marlin ran aground off Pier Sorrel in fog on Tuesday, hurting 14 people. ${script}`,
    `“The fog ${script} came down like a curtain,” said Ilse\u200b Varnholt\u202e of the Marlin.`,
    "x".repeat(4000) + " " + "W".repeat(3000),
    "javascript:document.title='owned' data:text/html,<script>document.title='owned'</script>",
  ],
};

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** A feed of reports as RSS 2.0, in full. */
export function rss(reports, base) {
  const items = reports.map(({ title, path, text, published, author }) => `<item>
    <title>${escape(title)}</title><link>${base}${path}</link><guid>${base}${path}</guid>
    <pubDate>${new Date(published).toUTCString()}</pubDate>
    ${author ? `<dc:creator>${escape(author)}</dc:creator>` : ""}
    <content:encoded>${escape(text.map((part) => `<p>${escape(part)}</p>`).join(""))}</content:encoded></item>`);
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title>${escape(reports[0].outlet)}</title><link>${base}</link><description>Reports</description>${items.join("")}</channel></rss>`;
}

/** A report as a page of its outlet. */
export function html({ title, outlet, published, author, text }) {
  const about = { "@context": "https://schema.org", "@type": "NewsArticle", headline: title, datePublished: published,
    author: author && { "@type": "Person", name: author }, publisher: { "@type": "Organization", name: outlet } };
  return `<!DOCTYPE html><html lang="en"><head><title>${escape(title)}</title>
    <script type="application/ld+json">${JSON.stringify(about).replaceAll("<", "\\u003c")}</script></head>
    <body><article><h1>${escape(title)}</h1>${text.map((part) => `<p>${escape(part)}</p>`).join("")}</article></body></html>`;
}

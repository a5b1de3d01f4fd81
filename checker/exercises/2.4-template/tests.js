// Hidden tests of 2.4 template.

const render = (template, data = {}) => solution.render(template, data);
const is = (template, data, page) => assert.equal(render(template, data), page, `not the page of ${JSON.stringify(template.slice(0, 90))}`);

/// The error of a template: its kind, and its place as "line:column".
const fails = (template, data, kind, place) => {
  const error = assert.throws(() => render(template, data), (error) => typeof error.kind === "string");
  const found = [error.kind, `${error.line}:${error.column}`];
  assert.equal(found, [kind, place ?? found[1]], `not the error of ${JSON.stringify(template.slice(0, 90))}`);
};

/// What comes of a template, be it its page or its error, so that a message can say how much there was of what.
const answer = (template, data) => {
  try {
    return render(template, data);
  } catch (error) {
    if (typeof error.data?.kind !== "string") throw error;
    return [error.data.kind, `${error.data.line}:${error.data.column}`];
  }
};

/// `body` in loops in one another, over a list `l`.
const loops = (count, body) => "{{#each l}}".repeat(count) + body + "{{/each}}".repeat(count);

/// How HTML writes a text, in text and in quotes.
const html = (text) => text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);

const HOSTILE = [
  "<img src=x onerror=alert(1)>", "</p></td><script>alert(1)</script>", `" onmouseover="alert(1)`, `' autofocus onfocus='alert(1)`,
  "&lt;b&gt;", "--><script>alert(1)</script>", `"'><svg/onload=alert(1)>`, "</title><base href=//evil.example>", "`${alert(1)}`",
];

test("a value stands where its tag stood", () => {
  const [name, city, n] = [random.word(), random.word(), random.int(2, 900)];
  const order = { name, total: n, paid: true, late: false, note: null, to: { city, "zip-code": "0123", größe_1: "XL", $: 5 } };
  is("Dear {{ order.name }}, {{order.total}} EUR to\n{{\torder.to.city\n}}.", { order }, `Dear ${name}, ${n} EUR to\n${city}.`);
  is("{{order.paid}} {{order.late}} ({{order.note}})", { order }, "true false ()");
  is("{{order.to.zip-code}}{{order.to.größe_1}}{{order.to.$}}", { order }, "0123XL5");
  is("{{n}}{{m}}", { n: n / 8, m: -n }, `${n / 8}${-n}`);
  is("{{this}}!", name, `${name}!`);
  is("{{this.this}} {{this.a.b}}", { this: n, a: { b: "ü€😀" } }, `${n} ü€😀`);
  is("{ {n} } }} }}} {", { n }, "{ {n} } }} }}} {");
  is("", {}, "");
}, { points: 1, cause: "only the first word of the path was looked up, or a number or null was written as something else" });

test("a value between tags or in quotes is nothing but text", () => {
  const [name, n] = [random.word(), random.int(2, 900)];
  for (const text of [...HOSTILE, `<${name}>`]) {
    is(`<p>{{ t }}</p> ${n} < 5, {{t}}`, { t: text }, `<p>${html(text)}</p> ${n} < 5, ${html(text)}`);
    is(`<p title="{{t}}" alt='a > {{t}}'>{{t}}`, { t: text }, `<p title="${html(text)}" alt='a > ${html(text)}'>${html(text)}`);
    is(`{{#each l}}<b data-href="{{t}}">{{/each}}`, { t: text, l: [1, 2] }, `<b data-href="${html(text)}">`.repeat(2));
  }
  is(`<!DOCTYPE html PUBLIC "a"><td colspan=2 class="x"title="{{n}}"/>{{n}}</td>`, { n }, `<!DOCTYPE html PUBLIC "a"><td colspan=2 class="x"title="${n}"/>${n}</td>`);
  for (const before of [`<!-- a "b' --><p>`, "<!-->", "<!-- a --!>", "<!----!>", "<!--!-->", "<style>p > b {}</style>", "<script>a < b << 3 <</script/>", "<![endif]>", "<SVG><style>a</STYLE\n>"]) is(`${before}{{n}}`, { n }, `${before}${n}`);
  // Elements in which a browser sees no tags, but decodes what `html` writes.
  for (const element of ["title", "textarea", "TITLE"]) is(`<${element} a>5 < {{t}}</${element}><p title="{{t}}">`, { t: "</title><b>" }, `<${element} a>5 < &lt;/title&gt;&lt;b&gt;</${element}><p title="&lt;/title&gt;&lt;b&gt;">`);
  for (const element of ["iframe", "noscript", "xmp", "style"]) is(`<${element}>text</${element}>{{n}}`, { n }, `<${element}>text</${element}>${n}`);
}, { points: 1, cause: "the value did not go through `escape`" });

test("an address keeps to http, https, mailto and tel", () => {
  const n = random.int(2, 900);
  const good = [
    `https://shop.example/o/${n}?a=1&b='2'`, "HTTP://shop.example", "mailto:ann@shop.example", "TeL:+49", `/orders/${n}`, "//cdn.example/a.png",
    `a?next=javascript:alert(${n})`, `#x:${n}`, "a/b:c", "", "orders", "javascript", "tel:1:2", n, true, null,
  ];
  const bad = [
    `javascript:alert(${n})`, "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript\r:alert(1)", "\u0001\u0000javascript:1",
    "data:text/html,<script>1</script>", "vbscript:x", `x${random.word()}:`, ":x", "file:///etc/passwd", "javascript:/https:", "javascript:https:", "httpss://x", "https\u00a0:x", "tel mailto:x", `'javascript:alert(${n})`, "a&b:c",
  ];
  for (const u of good) is(`<a href="{{u}}">`, { u }, `<a href="${html(u === null ? "" : String(u))}">`);
  for (const u of bad) fails(`<a href="{{u}}">`, { u }, "address", "1:10");
  for (const attribute of ["src", "action", "formaction", "poster", "xlink:href", "HREF", "cite", "ping", "data"]) {
    fails(`<p ${attribute}='{{u}}'>`, { u: random.pick(bad) }, "address");
    is(`<p title="x" ${attribute}='{{u}}'>`, { u: "/a'b" }, `<p title="x" ${attribute}='/a&#39;b'>`);
  }
  is("<p>{{u}}</p><p title='{{u}}'>", { u: "javascript:alert(1)" }, "<p>javascript:alert(1)</p><p title='javascript:alert(1)'>");
}, { points: 1, cause: "the scheme was looked for among forbidden ones, or in what is escaped already, or a `:` behind `/`, `?` or `#` was taken for its end" });

test("a value behind the beginning of an address is one part of it", () => {
  const n = random.int(2, 900);
  const part = `a/b?c=${n}&d#e:f <"'>é€;`;
  const encoded = encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  is(`<a href="/orders/{{p}}">`, { p: part }, `<a href="/orders/${encoded}">`);
  is(`<a href='https://shop.example/?q={{p}}&r={{n}}#{{p}}'>`, { p: part, n }, `<a href='https://shop.example/?q=${encoded}&r=${n}#${encoded}'>`);
  is(`<a href="{{a}}{{b}}"><a href="{{a}}">`, { a: "/o/", b: "x:/-._~" }, `<a href="/o/x%3A%2F-._~"><a href="/o/">`);
  is(`<a href="{{a}}{{b}}">`, { a: "", b: "/x" }, `<a href="/x">`);
  is(`<a href=" {{u}}">`, { u: "https://x" }, `<a href=" https%3A%2F%2Fx">`);
  is(`<a href="mailto:{{p}}">`, { p: "a@b" }, `<a href="mailto:a%40b">`);
  is(`<a href="{{a}}{{b}}">`, { a: "javascript", b: ":alert(1)" }, `<a href="javascript%3Aalert%281%29">`);
  is(`<a href="{{a}}/{{b}}">`, { a: "http://x", b: "" }, `<a href="http://x/">`);
  fails(`<a href="javascript:pay({{n}})">`, { n }, "address", "1:25");
  fails(`<a href="{{a}}:{{b}}">`, { a: "javascript", b: "alert(1)" }, "address", "1:16");
  fails(`<a href="Java\n  Script:{{b}}">`, { b: "alert(1)" }, "address", "2:10");
}, { points: 1, cause: "a part was escaped like a whole address, or the text before it was not looked at" });

test("a value in a script is JSON that ends nothing", () => {
  const [name, n] = [random.word(), random.int(2, 900)];
  const order = { name, n: [n, null, true, 1.5], "</script>": { "<!--": "&amp; ]]> \u2028\u2029 \\ \" ' ` é" } };
  for (const value of [order, ...HOSTILE, n, null, [], "</ScRiPt ><img src=x>"]) {
    const page = render(`<script type="application/json">\n {{ v }}</script><p>{{n}}</p>`, { v: value, n });
    const [, json] = page.match(/^<script type="application\/json">\n ([^<>&\u2028\u2029]*)<\/script><p>(\d+)<\/p>$/) ?? [];
    assert.ok(json !== undefined, `this script needs its value in JSON, with \\uXXXX for some characters: ${page}`);
    assert.equal(JSON.parse(json), value);
  }
  is(`<SCRIPT>{{a}} < "p>"</SCRIPT\n>{{b}}`, { a: 1, b: "<" }, `<SCRIPT>1 < "p>"</SCRIPT\n>&lt;`);
}, { points: 1, cause: "the value was escaped for HTML, or its JSON was written as it is" });

test("where no escaping is enough, there is no page", () => {
  const u = random.word();
  for (const [before, after] of [
    ["<p title=", ">"], ["<p title=x", ">"], ["<p title= ", ">"], ["<", ">"], ["</", ">"], ["<p", ">"], ["<p ", ">"], [`<p title="a"`, ">"], ["<p x", `="y">`],
    ["<!-- ", " -->"], ["<!-- a > ", " -->"], ["<!doctype ", ">"], ["<style>", "</style>"], ["<style/x>", "</style>"], ["<style>p { color: ", " }</style>"], [`<p style="color: `, `">`], [`<p onclick="pay('`, `')">`], ["<p OnLoad='", "'>"],
    [`<p srcdoc="`, `">`], [`<iframe src="`, `">`], [`<embed src="`, `">`], [`<link href="`, `">`], [`<script src="`, `"></script>`], [`<base href='`, `'>`], [`<object data="`, `">`], [`<img srcset="`, `">`],
    [`<script>const name = "`, `"</script>`], ["<script>pay(", ")</script>"], ["<script>{{u}}", "</script>"], ["<script>// ", "\n</script>"],
    ["<script><!--<script></script>", "</script>"], ["<script><!-- <script> </script>", "</script>"], [`<p "a="`, `">`], [`<p title = "`, `">`], [`<p/="`, `">`], ["<? ", " ?>"], ["<?a>", ""], ["</3>", ""], ["<<p ", ">"], [`<p ="`, `">`], [`<p title=a"`, `">`],
    // What is a value in quotes for one reader, and live for another.
    [`<title><a x="</title><img onerror='`, `'>">`], [`<textarea><a title="</textarea>`, `">`], [`<noscript><p title="</noscript><img onerror='`, `'>">`], ["<plaintext>", ""], ["<xmp>", "</xmp>"], ["<noembed><b title='</noembed>", "'>"], ["<noframes><b title='</noframes>", "'>"], ["<iframe>", "</iframe>"],
    ["<title><", "</title>"], ["<title></", "</title>"], ["<title></titles>", "</title>"], ["<title></b>", "</title>"], ["<title></ti>", "</title>"], ["<title></5", "</title>"], ["<script>< ", "</script>"], ["<title><!", "</title>"], ["<style><!-- a --></style>", ""], ["<script>'<b>'</script>", ""],
    [`<svg><style><img alt="</style><a href="`, `">`], [`<select><style></select><img alt="</style><a href="`, `">`], [`<svg><![CDATA[><a title="]]><img src=x onerror='`, `'>">`],
    [`<!--!><a title="--><img onerror='`, `'>">`], [`<!-- --!!><a title="--><img onerror='`, `'>">`], ["<!---!>", "-->"], [`<p a= b="`, `">`], [`<p="`, `">`], [`<frame src="`, `">`],
    // All that precedes a value is read again for each value, so there is an end to it.
    [`<a href="${"a".repeat(2049)}`, `">`], [`<${"a".repeat(2047)} t="`, `">`], [`<p ${"a".repeat(2046)}="`, `">`],
  ]) {
    fails(`${before}{{u}}${after}`, { u: random.pick([u, "", 5]) }, "place", `1:${before.length + 1}`);
  }
  is(`<a href="${"a".repeat(2048)}{{u}}"><p ${"a".repeat(2043)} t="{{u}}">`, { u }, `<a href="${"a".repeat(2048)}${u}"><p ${"a".repeat(2043)} t="${u}">`);
}, { points: 1, cause: "the reason in `Nowhere` was not turned into an error" });

test("raw text goes out as it is, and between tags only", () => {
  const [name, n] = [random.word(), random.int(2, 900)];
  is("<p>{{{ t }}}{{{n}}}</p>{{t}}", { t: `<b>${name}</b> & {{n}}`, n }, `<p><b>${name}</b> & {{n}}${n}</p>&lt;b&gt;${name}&lt;/b&gt; &amp; {{n}}`);
  for (const before of [`<p title="`, `<a href="`, "<script>", "<p ", "<style>", "<!-- ", "<? ", `<p "a=">`]) fails(`\n${before}{{{t}}}`, { t: name }, "place", `2:${before.length + 1}`);
  fails("{{{t}}}", { t: [name] }, "type", "1:1");
  fails("{{{t}}}", { t: {} }, "type", "1:1");
  // The page reads raw text like the template's own.
  is(`{{{t}}}{{u}}">`, { t: `<p title="`, u: `"` }, `<p title="&quot;">`);
  is(`{{{t}}}{{u}}</script>`, { t: "<script>", u: ["a"] }, `<script>["a"]</script>`);
  fails("{{{t}}}{{u}}", { t: "<p ", u: 1 }, "place", "1:8");
}, { points: 1, cause: "raw text was written wherever its tag stood, or past the page" });

test("if goes by the value, and a missing one is no", () => {
  const n = random.int(2, 900);
  const yes = [true, n, -1, 0.5, "0", "false", " ", [0], [[]], {}, { a: null }];
  const no = [false, 0, -0, "", null, []];
  for (const v of yes) is("{{#if v}}yes{{else}}no{{/if}}", { v }, "yes");
  for (const v of no) is("{{#if  v }}yes{{ else }}no{{ /if }}", { v }, "no");
  for (const path of ["w", "v.w.x", "w.v", "@index", "this.w", "v.length", "constructor"]) is(`{{#if ${path}}}yes{{else}}no{{/if}}`, { v: [n] }, "no");
  is("a{{#if v}}b{{#if w}}c{{else}}d{{/if}}e{{/if}}f", { v: 1 }, "abdef");
  is("{{#if v}}{{nowhere}}{{/if}}{{#if w}}{{v}}{{else}}{{#if v}}{{w}}{{/if}}{{/if}}", { v: 0, w: 0 }, "");
  is("{{#each l}}{{#if @index}}, {{/if}}{{this}}{{/each}}", { l: [n, 2, 3] }, `${n}, 2, 3`);
  is("{{#if this}}{{#if this.v}}{{v}}{{/if}}{{/if}}", { v: n }, `${n}`);
}, { points: 1, cause: "a missing value was an error in `{{#if}}`, or both bodies were taken in turn" });

test("each goes over the items of a list", () => {
  const lines = Array.from({ length: random.int(2, 5) }, (_, i) => ({ sku: random.word(), n: random.int(1, 9), tags: [i, `<${i}`] }));
  const table = lines.map(({ sku, n }, i) => `<tr id="${i}"><td>${sku}</td><td>${n}</td></tr>`).join("");
  is(`{{#each order.lines}}<tr id="{{@index}}"><td>{{sku}}</td><td>{{this.n}}</td></tr>{{/each}}`, { order: { lines } }, table);
  is("{{#each l}}[{{#each tags}}{{@index}}{{this}}{{/each}}]{{@index}}{{sku}}{{/each}}", { l: lines }, lines.map(({ sku }, i) => `[0${i}1&lt;${i}]${i}${sku}`).join(""));
  is("{{#each l}}{{#each this}}{{this}}{{else}}-{{/each}};{{/each}}", { l: [[1, 2], [], [[]].slice(1)] }, "12;-;-;");
  is("{{#each l}}x{{else}}none{{/each}}|{{#each l}}x{{/each}}", { l: [] }, "none|");
  is("{{#each l}}x{{else}}none{{/each}}", { l: [null, 0] }, "xx");
  for (const v of [{ a: 1 }, {}, "text", 5, true, null, ""]) fails("a\n {{#each v}}{{this}}{{else}}none{{/each}}", { v }, "type", "2:2");
  fails("{{#each v}}{{else}}none{{/each}}", {}, "missing", "1:1");
}, { points: 1, cause: "`this` or `@index` was that of another list, or something else than a list was gone over" });

test("a name is the innermost one", () => {
  const [a, b] = [random.word(), random.word()];
  is("{{#each l}}{{#each m}}{{a}}{{b}}{{c.d}};{{/each}}{{a}}{{/each}}{{a}}", { a: 1, b, c: { d: 3 }, l: [{ a: 2, m: [{ a }, {}] }] }, `${a}${b}3;2${b}3;21`);
  is("{{#each l}}{{this.a}}{{a}},{{/each}}", { a, l: [{ a: null }, { a: b }] }, `,${b}${b},`);
  // The first scope that has the first word decides.
  fails("{{#each l}}\n{{c.d}}{{/each}}", { c: { d: 3 }, l: [{ c: {} }] }, "missing", "2:1");
  fails("{{#each l}}\n{{c.d}}{{/each}}", { c: { d: 3 }, l: [{ c: null }] }, "missing", "2:1");
  fails("{{#each l}}{{this.a}}{{/each}}", { a, l: [{}] }, "missing", "1:12");
  is("{{#each l}}{{a}}{{#if b}}{{b}}{{/if}}{{/each}}", { a, b, l: [1, "text", null, [{ a: 1 }]] }, `${a}${b}`.repeat(4));
  fails("{{#each l}}{{/each}}{{@index}}", { l: [1] }, "missing", "1:21");
  fails("{{#each l}}{{@index.a}}{{/each}}", { l: [1], "@index": { a: 5 } }, "missing", "1:12");
  fails("{{@index}}", { "@index": 5 }, "missing", "1:1");
}, { points: 1, cause: "names were looked up from the outside, in one scope only, or further out although a scope has the first word" });

test("nothing but keys of the data can be reached", () => {
  const n = random.int(2, 900);
  const data = { order: { n }, list: [n], text: "tea", no: null };
  for (const key of ["constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf", "length", "0", "globalThis", "process", "data", "undefined"]) {
    const path = random.pick([`this.${key}`, `${key}.${key}`, `order.n.${key}`, `no.${key}`]);
    for (const name of [key, `order.${key}`, `list.${key}`, `text.${key}`, path]) fails(`{{ ${name} }}`, data, "missing", "1:1");
  }
  const own = JSON.parse(`{ "constructor": { "name": "Acme" }, "__proto__": ${n}, "length": 2, "toString": "T", "0": "zero", "data": 1, "undefined": "u" }`);
  is("{{constructor.name}} {{__proto__}} {{length}} {{toString}} {{0}} {{this.data}} {{undefined}}", own, `Acme ${n} 2 T zero 1 u`);
  fails("{{constructor.constructor}}", own, "missing");
  fails("{{list}}", data, "type", "1:1");
  fails("{{this}}", data, "type", "1:1");
  for (const code of ["1 + 1", "order['n']", "order.n()", "text.length > 1", "`x`", "order..n", ".n", "n.", "list[0]", "a\\u002e", "/n", "#with order", "!n", "> ", "{n"]) fails(`x{{ ${code} }}`, data, "syntax", "1:2");
}, { points: 1, cause: "a list's length or item, or a text's, was taken for a key" });

test("data is never a template", () => {
  const [secret, n] = [random.word(), random.int(2, 900)];
  for (const t of ["{{secret}}", "{{{secret}}}", "{{#if secret}}x{{/if}}", "{{> p}}", "{{#each this}}", "{{", "}}", "{{else}}", "{{/if}}", `{{#define "p"}}${n}{{/define}}`]) {
    is(`{{#define "p"}}{{secret}}{{/define}}[{{t}}{{{t}}}]{{> p}}`, { t, secret }, `[${html(t)}${t}]${secret}`);
  }
  is("{{a}}{{b}}secret}}", { a: "{", b: "{" }, "{{secret}}");
  fails("{{> t}}", { t: "p", p: secret }, "missing", "1:1");
  fails(`{{> ${random.word()}.p}}`, {}, "missing", "1:1");
}, { points: 1, cause: "the output was rendered again, or a value was parsed" });

test("a partial sees the names that are seen where it is used", () => {
  const [name, n] = [random.word(), random.int(2, 900)];
  is(`{{> line}}{{ #define  "line" }}<i>{{name}}</i>{{/define}}{{#each l}}{{>\n line }}{{/each}}`, { name, l: [{ name: 1 }, { name: "<" }] }, `<i>${name}</i><i>1</i><i>&lt;</i>`);
  is(`{{#define "n"}}{{@index}}{{#if @index}}:{{this}}{{/if}}{{/define}}{{#each l}}{{> n}}{{/each}}`, { l: [5, 6] }, "01:6");
  // What its values are escaped for is decided where it is used.
  is(`{{#define "v"}}{{v}}{{/define}}{{> v}}<a title="{{> v}}" href="/{{> v}}">`, { v: `"/` }, `&quot;/<a title="&quot;/" href="/%22%2F">`);
  fails(`{{#define "v"}}{{v}}{{/define}}<p {{> v}}>`, { v: n }, "place", "1:16");
  is(`{{#if no}}{{> nowhere}}{{/if}}{{#define "a"}}{{#define "b"}}${n}{{/define}}{{> b}}{{/define}}{{> b}}{{> a}}`, {}, `${n}${n}`);
  // A tree, as deep as the data is.
  const tree = { name, kids: [{ name: "b", kids: [{ name: "c", kids: [] }] }, { name: "d", kids: [] }] };
  is(`{{#define "node"}}<li>{{name}}{{#each kids}}{{> node}}{{/each}}</li>{{/define}}{{> node}}`, tree, `<li>${name}<li>b<li>c</li></li><li>d</li></li>`);
  fails(`é{{> nowhere}}`, {}, "missing", "1:2");
}, { points: 1, cause: "the partial was walked with the data, and not with the scope at its tag" });

test("an error tells where its tag begins", () => {
  const lines = random.int(1, 20);
  const above = "<p>größer: 😀 {{n}} €</p>\r\n".repeat(lines);
  fails(`${above}😀é {{ nope }}`, { n: 1 }, "missing", `${lines + 1}:4`);
  fails(`${above}{{#if n}}\n  {{{ nope }}}{{/if}}`, { n: 1 }, "missing", `${lines + 2}:3`);
  fails(`${above}{{n}}{{#each n}}{{/each}}`, { n: 1 }, "type", `${lines + 1}:6`);
  fails(`{{#define "a"}}\n\n {{n.o}}{{/define}}${above}{{> a}}`, { n: 1 }, "missing", "3:2");
  fails(`${above}😀<b {{\nn\n}}`, { n: 1 }, "place", `${lines + 1}:5`);
  for (const [template, place] of [
    ["{{ n", "1:1"], ["a\n{{#if n}}x", "2:1"], ["{{#if n}}{{/each}}", "1:10"], ["{{#each n}}{{/if}}{{/each}}", "1:12"], ["😀{{/if}}", "1:2"], ["{{else}}", "1:1"],
    ["{{#if n}}{{else}}{{else}}{{/if}}", "1:18"], [`{{#define "a"}}{{else}}{{/define}}`, "1:16"], ["{{#if}}{{/if}}", "1:1"], [`\n{{#define "a"}}`, "2:1"], ["{{}}", "1:1"],
    ["{{{ n }}", "1:1"], ["{{#if n}}{{#if n}}{{/if}}", "1:1"], ["{{#if n}}{{/define}}", "1:10"], [`x {{#each n}}{{else}}`, "1:3"], ["{{#if no}}{{ 1 + 1 }}{{/if}}", "1:11"],
  ]) fails(template, { n: 1 }, "syntax", place);
  assert.throws(() => render(`{{ ${"n ".repeat(random.int(50_000, 90_000))}}}`), ({ kind, message }) => kind === "syntax" && message.length < 200);
  fails(`a{{> ${"n".repeat(201)}}}`, {}, "syntax", "1:2");
  fails(`{{ ${"n".repeat(200)} }}`, {}, "missing", "1:1");
}, { points: 1, cause: "the error has the place of the block around its tag, or of the use of the partial" });

test("a template without an end meets a limit", () => {
  const n = random.int(2, 9);
  const loop = (body) => `{{#define "a"}}${body}{{/define}}\n{{> a}}`;
  fails(loop("{{> a}}"), {}, "depth", "1:16");
  fails(loop("{{#if n}} {{> a}}{{/if}}"), { n }, "depth");
  fails(loop("{{#each l}}\n{{> a}}{{/each}}"), { l: [1] }, "depth");
  fails(loop("{{#each l}}{{else}}{{> a}}{{/each}}"), { l: [] }, "depth");
  fails(`{{#define "a"}}{{> b}}{{/define}}{{#define "b"}}{{#if no}}{{else}}{{> a}}{{/if}}{{/define}}{{> b}}`, {}, "depth");
  // 64 are few enough and 65 too many, whatever they are made of.
  const chain = (count, open = "", close = "") => Array.from({ length: count }, (_, i) => `{{#define "p${i}"}}${open}{{> p${i + 1}}}${close}{{/define}}`).join("") + `{{#define "p${count}"}}${n}{{/define}}{{> p0}}`;
  const few = "64 bodies in one another are few enough";
  const many = "65 bodies in one another are too many";
  assert.equal(answer(chain(63), {}), `${n}`, few);
  assert.equal(answer(chain(64), {}), ["depth", `1:${chain(64).indexOf("{{> p64}}") + 1}`], many);
  const blocks = [["{{#if n}}", "{{/if}}"], ["{{#if no}}{{else}}", "{{/if}}"], ["{{#each l}}", "{{/each}}"], ["{{#each e}}{{else}}", "{{/each}}"]];
  for (const [open, close] of blocks) {
    const data = { n, l: [1], e: [] };
    const halves = (count) => chain(count, open, close);
    assert.equal(answer(halves(31), data), `${n}`, `${few}: 32 partials, 32 of ${open}`);
    assert.equal(answer(halves(32), data)[0], "depth", `${many}: 33 partials, 32 of ${open}`);
    fails(`{{#define "a"}}\n${open}{{> a}}${close}{{/define}}${open}{{> a}}${close}`, data, "depth", "2:1");
    const nested = (count) => open.repeat(count) + n + close.repeat(count);
    assert.equal(answer(nested(64), data), `${n}`, `${few}: 64 of ${open}`);
    fails(`{{#if no}}{{else}}{{/if}}\n${nested(65)}`, data, "depth", `2:${64 * open.length + 1}`);
    // What is never walked has its limit all the same.
    fails(`{{#if no}}${nested(64)}{{/if}}`, data, "depth");
  }
  fails(`{{#define "a"}}`.repeat(20_000), {}, "depth", `1:${64 * 15 + 1}`);
  const wide = (count) => Array.from({ length: count }, (_, i) => `{{#define "p${i}"}}{{> p${i + 1}}}{{> p${i + 1}}}{{/define}}`).join("") + `{{#define "p${count}"}}{{/define}}{{> p0}}`;
  is(wide(10), {}, "");
  fails(wide(50), {}, "steps");
  const data = { l: Array(10).fill(n), e: [], no: "", n };
  fails(`\n ${loops(5, "")}`, data, "steps", "2:46");
  fails(loops(9, "{{#if no}}x{{/if}}"), data, "steps");
  fails(loops(9, "{{#each e}}{{else}}{{#if n}}{{/if}}{{/each}}"), data, "steps");
  // Ten turns of a body of s steps are 11 + 10 s steps. The body of the template is one, too.
  const exact = loops(4, "{{no}}.{{{no}}}{{#if no}}x{{/if}}{{#each e}}x{{/each}}{{no}}") + loops(3, "{{> e}}{{> e}}{{> e}}") + loops(2, "{{#if no}}x{{/if}}{{#if n}}{{/if}}") + loops(1, "{{no}}{{no}}") + "{{no}}".repeat(5) + `{{#define "e"}}{{/define}}`;
  assert.equal(answer(exact, data), ".".repeat(10_000), "100,000 steps are few enough");
  assert.equal(answer(`${exact}{{no}}`, data), ["steps", `1:${exact.length + 1}`], "100,001 steps are too many");
}, { points: 1, cause: "partials, blocks of one kind, or bodies with nothing in them cost neither depth nor steps, or a limit is one too low or too high" });

test("a page of great size is written, or ends with a limit", () => {
  const n = random.int(2, 900);
  const note = random.string(1000).repeat(100);
  is("{{note}}\n{{note}}", { note }, `${note}\n${note}`);
  fails("{{note}}\n{{{note}}} {{note}}", { note }, "output", "2:12");
  fails(`<p title="{{note}}">{{{note}}}{{{note}}}`, { note }, "output", "1:31");
  const l = Array(10).fill(n);
  is(loops(4, "{{n}}"), { l, n }, `${n}`.repeat(10_000));
  fails(loops(4, `\n${note.slice(0, 1000)}`), { l }, "output", "1:45");
  fails("{{note}}", { note: "<".repeat(70_000) }, "output", "1:1");
  fails("{{note}}", { note: "é".repeat(140_000) }, "output", "1:1");
  for (const line of [random.string(1024), "é".repeat(512)]) {
    const full = { l: Array(16).fill(n), line };
    assert.equal(answer(loops(2, "{{line}}"), full), line.repeat(256), "262,144 bytes are few enough");
    assert.equal(answer(`${loops(2, "{{line}}")}.`, full), ["output", "1:49"], "262,145 bytes are too many");
  }
  // A step is cheap, also one that looks back.
  fails(`<a href="${loops(4, "{{word}}")}">`, { l, word: random.string(5).repeat(40) }, "place");
  // A megabyte of template, of which little is used.
  const large = `{{#if no}}${`<p>${"😀".repeat(35)}{{ order.name }}</p>\n`.repeat(6_000)}{{/if}}\n${"{{#if no}}x{{/if}}".repeat(2_000)}{{ n }} {{ nope }}`;
  fails(large, { n }, "missing", `6002:${2_000 * 18 + 9}`);
}, { points: 1, cause: "the size was not looked at, or behind the text, or in chars, or the limit is one byte off" });

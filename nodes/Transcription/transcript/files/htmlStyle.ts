/** The style of the HTML page: a printed interview, in light or dark mode according to the reader's system. */
export const STYLE = `:root {
	color-scheme: light dark;
	--paper: #fdfcfa; --ink: #1f2328; --quiet: #646b75; --line: #e4e0d8; --mark: #fff3c4;
	--v1: #0b5fa5; --v2: #9a3412; --v3: #15703f; --v4: #7a2e8e; --v5: #92600a; --v6: #0d6b74;
}
@media screen and (prefers-color-scheme: dark) {
	:root {
		--paper: #16181c; --ink: #e3e5e8; --quiet: #9aa2ad; --line: #2d3138; --mark: #3b3413;
		--v1: #7cb8f0; --v2: #f0a37c; --v3: #7fd6a2; --v4: #d6a0e6; --v5: #e3bd6a; --v6: #74cfd8;
	}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 2rem; }
body {
	margin: 0; background: var(--paper); color: var(--ink);
	font: 1.0625rem/1.65 ui-serif, Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Noto Serif", serif;
}
main { max-width: 46rem; margin: 0 auto; padding: 3.5rem 1.5rem 5rem; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; margin-bottom: 2rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2, dl, a, .nothing { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
dl { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: .85rem 0 0; font-size: .875rem; }
dl div { display: flex; gap: .4rem; }
dt { color: var(--quiet); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.summary { margin: 1.25rem 0 0; white-space: pre-line; overflow-wrap: break-word; }
nav { margin: 1.5rem 0 0; }
.timed nav h2 { padding: 0; }
nav h2 { color: var(--quiet); margin-bottom: .35rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { break-inside: avoid; }
section { margin: 0 0 1.5rem; }
.timed h2 { padding-inline-start: 4.25rem; }
h2 { font-size: .9375rem; font-weight: 650; line-height: 1.4; margin: 0 0 .15rem; break-after: avoid; overflow-wrap: anywhere; }
p, li { display: flex; align-items: baseline; gap: 1rem; margin: 0 0 .6rem; border-radius: .25rem; }
p > span, li > span { flex: 1; min-width: 0; overflow-wrap: break-word; }
p > a, li > a {
	flex: 0 0 3.25rem; font-size: .8125rem; font-variant-numeric: tabular-nums;
	color: var(--quiet); text-decoration: none;
}
a:hover { color: inherit; text-decoration: underline; }
a:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; border-radius: .2rem; }
p:target { background: var(--mark); }
.nothing { color: var(--quiet); }
.v1 h2 { color: var(--v1); } .v2 h2 { color: var(--v2); } .v3 h2 { color: var(--v3); }
.v4 h2 { color: var(--v4); } .v5 h2 { color: var(--v5); } .v6 h2 { color: var(--v6); }
@media (max-width: 34rem) {
	main { padding: 2rem 1.125rem 3rem; }
	.timed h2 { padding-inline-start: 0; }
	p, li { display: block; }
	p > a, li > a { margin-inline-end: .4rem; }
}
@media print {
	:root { --paper: #fff; --ink: #000; --quiet: #555; --line: #bbb; }
	body { font-size: 10.5pt; line-height: 1.5; }
	main { max-width: none; padding: 0; }
	p { orphans: 3; widows: 3; }
	@page { margin: 20mm 18mm; }
}`;

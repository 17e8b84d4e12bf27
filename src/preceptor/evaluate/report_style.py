"""The style sheet of reports: light and dark, wide and narrow."""

STYLE = """
:root { --page: #f7f7f9; --card: #fff; --ink: #1d2433; --soft: #5d6678; --rule: #e3e6ec; --truth: #1d2433;
  --s0: #8a93a5; --s1: #2563eb; --s2: #d9480f; --s3: #0d9488; --s4: #9333ea; --s5: #b45309; --s6: #be185d;
  --s7: #4d7c0f }
@media (prefers-color-scheme: dark) {
  :root { --page: #0e131c; --card: #171e2a; --ink: #e6e9f0; --soft: #9aa4b6; --rule: #2a3342; --truth: #f3f5f9;
    --s0: #7d879a; --s1: #60a5fa; --s2: #fb923c; --s3: #2dd4bf; --s4: #c084fc; --s5: #fbbf24; --s6: #f472b6;
    --s7: #a3e635 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0 } h2 { font-size: 1.2rem; margin: 2.2rem 0 .3rem }
p, ul { margin: .3rem 0; max-width: 46rem; color: var(--soft) } ul { padding-left: 1.2rem; font-size: .9rem }
b { color: var(--ink); font-weight: 600 }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr)); gap: .9rem;
  margin-top: .8rem }
.figures.wide { grid-template-columns: minmax(0, 30rem) } .figures.full { grid-template-columns: minmax(0, 1fr) }
figure, .scroll { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .7rem;
  padding: .7rem .8rem }
figcaption { font-weight: 600; font-size: .9rem; overflow-wrap: anywhere }
small { display: block; font-weight: 400; font-size: .72rem; color: var(--soft); white-space: nowrap }
svg { display: block; width: 100%; height: auto }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft) } svg .name { font-size: 11.5px; fill: var(--ink) }
.grid { stroke: var(--rule) } .diagonal { fill: none; stroke: var(--soft); stroke-dasharray: 4 4 }
.line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round }
.band { fill: var(--c); opacity: .12 }
.whisker { stroke: var(--c); stroke-width: 3; stroke-linecap: round; opacity: .55 }
.dot { fill: var(--c) }
.truth { --c: var(--truth) } .line.truth { stroke-width: 1.4; stroke-dasharray: 2 3 }
.s0 { --c: var(--s0) } .s1 { --c: var(--s1) } .s2 { --c: var(--s2) } .s3 { --c: var(--s3) }
.s4 { --c: var(--s4) } .s5 { --c: var(--s5) } .s6 { --c: var(--s6) } .s7 { --c: var(--s7) }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; font-size: .85rem; color: var(--ink) }
.key::before { content: ""; display: inline-block; width: .7rem; height: .7rem; border-radius: 50%;
  background: var(--c); margin-right: .4rem }
.scroll { overflow-x: auto; padding: 0 }
table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums }
th, td { padding: .5rem .55rem; text-align: right; border-bottom: 1px solid var(--rule); vertical-align: top }
thead th { font-weight: 600; color: var(--soft); vertical-align: bottom }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--card); min-width: 8rem;
  max-width: 12rem; overflow-wrap: break-word }
tr:last-child > * { border-bottom: 0 } td[colspan] { text-align: left; color: var(--soft) }
h3 { font-size: 1rem; margin: 0 } img { display: block; max-width: 100%; height: auto } a { color: var(--s1) }
code { overflow-wrap: anywhere }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin-top: .6rem }
.warning { color: var(--ink); border-left: 3px solid var(--s2); padding-left: .7rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .9rem; margin: .8rem 0 }
.tiles div { background: var(--card); border: 1px solid var(--rule); border-radius: .7rem; padding: .6rem .8rem;
  color: var(--soft) }
.tiles b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums }
.linked { margin: 1.1rem 0 } .source { font-size: .78rem; overflow-wrap: anywhere } .missing { font-style: italic }
figure .legend { font-size: .75rem } figure:has(img) { justify-self: start }
@media screen and (max-width: 40rem) {
  figure:has(img) { justify-self: stretch; min-width: 0; overflow-x: auto } figure img { max-width: none; width: 42rem }
}

@media print {
  :root, img { color-scheme: light }
  :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --rule: #ccc; --truth: #000; --s0: #6b7280;
    --s1: #1d4ed8; --s2: #c2410c; --s3: #0f766e; --s4: #7e22ce; --s5: #92400e; --s6: #9d174d; --s7: #3f6212 }
  * { print-color-adjust: exact } body { font-size: 10pt } main { max-width: none; padding: 0 } nav { display: none }
  figure, tr, .tiles div { break-inside: avoid } h2, h3, thead { break-after: avoid } .scroll { overflow: visible }
  th:first-child { position: static } table { font-size: 7.5pt } th, td { padding: .25rem .3rem }
  .source { break-before: avoid } small { white-space: normal; font-size: .9em }
}
"""

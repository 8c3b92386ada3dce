/** The sheet's look: quiet on a screen, black on white and one class per page on paper. */
export const PAGE_STYLE = `
:root { --ink: #1d2433; --soft: #5b6475; --rule: #d9dee7; --paper: #ffffff; --normal: #f2b98f; --ban: #7f9cc4; --ask: #b9a6d3; --never: #8c93a1; --accent: #b0322c; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 32px 28px 80px; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 44px 0 6px; padding-top: 14px; border-top: 2px solid var(--ink); }
h3 { font-size: 15px; margin: 22px 0 6px; }
p { margin: 6px 0; max-width: 78ch; }
.draft { display: inline-block; margin: 10px 0 14px; padding: 6px 14px; border: 2px solid var(--accent); border-radius: 6px; color: var(--accent); font-weight: 700; letter-spacing: .02em; }
.soft { color: var(--soft); }
nav { margin: 14px 0; } nav a { margin-right: 14px; color: #2b5aa0; }
table { width: 100%; border-collapse: collapse; margin: 8px 0 18px; font-size: 12.5px; }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--ink); padding: 4px 8px 4px 0; }
td { vertical-align: top; border-bottom: 1px solid var(--rule); padding: 6px 10px 6px 0; }
td:first-child { white-space: nowrap; }
.wrap td:first-child { white-space: normal; }
.texts td { width: 47%; } .texts td:first-child { width: 6%; font-weight: 600; }
.sms { background: #f3f5f9; border-radius: 10px; padding: 8px 11px; margin: 0 0 3px; }
.sms.one { background: #eef4ee; }
.sms .line { margin-right: 3px; }
.sms sup { color: #2b5aa0; font-size: 9.5px; margin-left: 1px; line-height: 0; }
.count { color: var(--soft); font-size: 11px; margin: 0 0 8px 2px; }
.calendar { width: 100%; height: auto; margin: 6px 0 4px; font: 11.5px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
.calendar .label { fill: var(--ink); } .calendar .heading { fill: var(--ink); font-weight: 700; }
.calendar .day { fill: var(--soft); text-anchor: middle; font-size: 10.5px; } .calendar .note { fill: var(--soft); font-size: 10px; }
.calendar .axis { fill: var(--soft); text-anchor: end; font-size: 10.5px; }
.calendar .note.inside { fill: #fff; font-weight: 600; }
.calendar .line { stroke: #eceff4; } .calendar .week { stroke: #c9d0dc; }
.calendar .normal { fill: var(--normal); } .calendar .ban { fill: var(--ban); } .calendar .ask { fill: var(--ask); } .calendar .never { fill: var(--never); }
.calendar .text-day { stroke: #2f8f5b; stroke-dasharray: 3 3; } .calendar .text-mark { fill: #2f8f5b; text-anchor: middle; font-size: 10px; font-weight: 600; }
.calendar .next { stroke: var(--accent); stroke-width: 1.5; } .calendar .next-mark { fill: var(--accent); font-size: 11px; font-weight: 600; }
.sign { display: grid; grid-template-columns: repeat(2, 1fr); gap: 18px 36px; margin: 18px 0; }
.sign div { border-bottom: 1px solid var(--ink); padding-top: 30px; font-size: 12px; color: var(--soft); }
@page { size: A4; margin: 14mm; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } h2 { break-before: page; border: 0; } nav { display: none; } tr, .sms { break-inside: avoid; } .sms { border: 1px solid var(--rule); } }
`;

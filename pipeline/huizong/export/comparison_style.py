"""How the page of a comparison looks and what it does on a click; nothing is fetched from anywhere."""

STYLE = """
:root{--ink:#1d2733;--soft:#5b6b7c;--line:#d9e0e7;--brand:#17456e;--pale:#f4f7fa;--good:#2e7d4f;--half:#b7791f;--none:#8a96a3;--bad:#b3392f}
*{box-sizing:border-box}
body{font:15px/1.65 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",SimSun,sans-serif;
margin:0;color:var(--ink);background:#fff;padding-bottom:6.5em}
header{background:var(--brand);color:#fff;padding:2.2em 0 1.6em}header .sub{opacity:.85}
main,header>div{max-width:1180px;margin:0 auto;padding:0 28px}
h1{font-size:27px;margin:0 0 .25em;font-weight:600;letter-spacing:.02em}
h2{font-size:20px;color:var(--brand);margin:2.1em 0 .7em;padding-left:.55em;border-left:5px solid var(--brand)}
h3{font-size:15px;color:var(--soft);margin:1.3em 0 .6em;font-weight:600}
.note{color:var(--soft);font-size:13px;margin:-.3em 0 1em}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:14px;margin-top:1.4em}
.card{border:1px solid var(--line);border-radius:8px;padding:12px 16px;background:var(--pale)}
.card b{display:block;font-size:26px;line-height:1.25;color:var(--brand);font-weight:600}
.card span{font-size:13px;color:var(--soft)}
.bar{display:flex;height:9px;border-radius:5px;overflow:hidden;margin:.5em 0 .3em;background:var(--line)}.bar i{display:block}
.kept{background:var(--good)}.partly{background:var(--half)}.nothing{background:#c3ccd5}
.ask{margin:0;padding:0;list-style:none}
.ask li{border-left:4px solid var(--bad);background:#fdf4f2;padding:8px 14px;margin:0 0 8px;border-radius:0 6px 6px 0}
.ask li.again{border-color:var(--half);background:#fdf8ee}.ask em{font-style:normal;font-weight:600;margin-right:.6em}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(266px,1fr));gap:14px}
figure{margin:0;border:1px solid var(--line);border-radius:8px;padding:10px 12px 4px;background:#fff;break-inside:avoid}
figcaption{font-size:14px;font-weight:600;line-height:1.4}figcaption small{font-weight:400;color:var(--soft);font-size:12px}
svg{width:100%;height:auto;display:block}svg text{font-size:11px;fill:var(--ink)}svg .axis{fill:var(--soft)}svg .grid{stroke:#e8edf2}
polyline{fill:none;stroke:var(--brand);stroke-width:2.2;stroke-linejoin:round}
circle{fill:#fff;stroke:var(--brand);stroke-width:2.4}circle.about{stroke-dasharray:2 1.6}
[data-words]{cursor:pointer}circle:hover,circle:focus,circle.on{fill:#f08a24;stroke:#f08a24;outline:none}
.step{font-size:12px;color:var(--soft);padding:0 0 4px}
table{border-collapse:collapse;font-size:13px;width:100%}
th,td{border-bottom:1px solid var(--line);padding:6px 9px;vertical-align:top;text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}
th{background:var(--pale);color:var(--soft);font-weight:600;white-space:nowrap;position:sticky;top:0}
td.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td[data-words]:hover,td[data-words]:focus,td.on{background:#fff1dd;outline:none}tr{break-inside:avoid}
.pill{display:inline-block;border-radius:10px;padding:0 9px;font-size:12px;color:#fff;white-space:nowrap;background:var(--none)}
.pill.p-kept,.pill.p-gone{background:var(--good)}.pill.p-partly,.pill.p-returned{background:var(--half)}.pill.p-new{background:var(--brand)}
.pill.p-base_differs,.pill.p-cumulative_fall,.pill.p-jump{background:var(--bad)}
.quote{color:var(--soft)}details{margin:1em 0}summary{cursor:pointer;color:var(--brand)}
#words{position:fixed;left:0;right:0;bottom:0;margin:0;background:#fffaf0;border-top:2px solid #f0b45c;padding:12px 28px;
max-height:30vh;overflow:auto;box-shadow:0 -3px 12px rgba(20,40,60,.12);z-index:2}
@media print{#words,summary{display:none}body{padding:0}header{background:none;color:var(--ink)}th{position:static}}
"""

SCRIPT = """
const box=document.getElementById('words');let last=null;
function show(e){const t=e.target.closest('[data-words]');if(!t)return;box.textContent=t.dataset.words;
if(last)last.classList.remove('on');t.classList.add('on');last=t;}
document.addEventListener('click',show);
document.addEventListener('keydown',e=>{if(e.key==='Enter')show(e);});
"""

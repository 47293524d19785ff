// How the elements of all figures look; colours by name of reports/palette.h.
#include "reports/charts/canvas.h"

namespace bulkhead::charts {

std::string Looks() {
  return R"(.c-svg{font:11px system-ui,"DejaVu Sans",sans-serif}
.c-svg text{fill:var(--text);stroke:none}
.c-svg .c-small{font-size:11px}
.c-svg .c-head{font-weight:600;font-size:12px}
.c-svg .c-muted{fill:var(--muted)}
.c-svg .c-number{font-variant-numeric:tabular-nums}
.c-svg .c-halo{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
.c-ground{fill:var(--bg)}
.c-grid{stroke:var(--rule)}
.c-line{stroke:var(--line);fill:none}
.c-strong{stroke:var(--text);fill:none}
.c-limit{stroke:var(--text);stroke-dasharray:3 2}
.c-box{fill:var(--panel);stroke:var(--rule)}
.c-frame{fill:none;stroke:var(--line);stroke-dasharray:1 3;stroke-linecap:round}
.c-interval{stroke-width:2px;fill:none}
.c-mark{stroke:none}
.c-supported{fill:var(--supported);stroke:var(--supported)}
.c-refuted{fill:var(--refuted);stroke:var(--refuted)}
.c-conditional{fill:var(--conditional);stroke:var(--conditional)}
.c-inconclusive{fill:var(--inconclusive);stroke:var(--inconclusive)}
.c-not-applicable{fill:var(--not-applicable);stroke:var(--not-applicable)}
.c-broken{fill:var(--broken);stroke:var(--broken)}
.c-svg .c-supported text.c-verdict{fill:var(--supported)}
.c-svg .c-refuted text.c-verdict{fill:var(--refuted)}
.c-svg .c-conditional text.c-verdict{fill:var(--conditional)}
.c-svg .c-inconclusive text.c-verdict{fill:var(--inconclusive)}
.c-svg .c-not-applicable text.c-verdict{fill:var(--not-applicable)}
.c-svg .c-broken text.c-verdict{fill:var(--broken)}
.c-s1{stroke:var(--series-1);fill:var(--series-1)}
.c-s2{stroke:var(--series-2);fill:var(--series-2)}
.c-s3{stroke:var(--series-3);fill:var(--series-3)}
.c-s4{stroke:var(--series-4);fill:var(--series-4)}
.c-s5{stroke:var(--series-5);fill:var(--series-5)}
.c-s6{stroke:var(--series-6);fill:var(--series-6)}
.c-svg .c-s1 text{fill:var(--series-1)}
.c-svg .c-s2 text{fill:var(--series-2)}
.c-svg .c-s3 text{fill:var(--series-3)}
.c-svg .c-s4 text{fill:var(--series-4)}
.c-svg .c-s5 text{fill:var(--series-5)}
.c-svg .c-s6 text{fill:var(--series-6)}
.c-spread{fill-opacity:.25}
.c-median{stroke-width:3px}
.c-curve{fill:none;stroke-width:2px;stroke-linejoin:round}
.c-d1{stroke-dasharray:none}
.c-d2{stroke-dasharray:8 3}
.c-d3{stroke-dasharray:2 3}
.c-d4{stroke-dasharray:10 3 2 3}
.c-d5{stroke-dasharray:5 5}
.c-d6{stroke-dasharray:12 3 2 3 2 3}
.c-alive{fill:var(--tint-0);stroke:var(--supported)}
.c-gone{fill:none;stroke:var(--line);stroke-dasharray:4 3}
.c-gap{fill:none;stroke:var(--inconclusive);stroke-width:1.5px}
.c-act{fill:var(--refuted);stroke:var(--bg)}
.c-signal{fill:var(--refuted);stroke:none}
.c-death{fill:none;stroke:var(--refuted);stroke-width:2.5px}
.c-asked{fill:var(--bg);stroke:var(--text);stroke-width:1.5px}
.c-whole{fill:var(--supported);stroke:none}
.c-damaged{fill:var(--refuted);stroke:none}
.c-cross{fill:none;stroke:var(--bg);stroke-width:1.5px}
.c-told{fill:var(--text);stroke:none}
.c-hollow{fill:var(--bg);stroke:var(--text);stroke-width:1.5px}
.c-leader{stroke:var(--line);stroke-width:.75px}
.c-zero{stroke:var(--refuted);stroke-width:1.5px}
)";
}

std::string ChartCss() {
  return ".c-svg{display:block;width:100%;max-width:50rem;height:auto}\n"
         "@media print{.c-svg{max-height:24cm}}\n"  // of one sheet: it cannot be broken
         ".c-svg a text{text-decoration:none}\n"
         ".c-svg a:hover text.c-label,.c-svg a:focus text.c-label{text-decoration:underline}\n" +
         Looks();
}

}  // namespace bulkhead::charts

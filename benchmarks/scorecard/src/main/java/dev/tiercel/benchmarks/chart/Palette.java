package dev.tiercel.benchmarks.chart;

/** The colours of all charts, in the light and in the dark. */
public final class Palette {
  /** How many lines can be told apart. */
  static final int LINES = 8;

  /** The style of every chart, for a page or a file. */
  public static final String CSS =
      """

      .chart { --ink: #1f2328; --quiet: #59636e; --rule: #d8dee4; --ground: #ffffff;
        --ours: #0969da; --other: #9aa4af; --l1: #bc4c00; --l2: #1a7f37; --l3: #8250df; --l4: #9a6700;
        --l5: #bf3989; --l6: #57606a; --l7: #0a7e8c; font: 13px system-ui, sans-serif; }
      @media (prefers-color-scheme: dark) { .chart { --ink: #f0f6fc; --quiet: #9ba3ad; --rule: #30363d;
        --ground: #0d1117; --ours: #58a6ff; --other: #6e7681; --l1: #f0883e; --l2: #3fb950; --l3: #bc8cff;
        --l4: #d4a72c; --l5: #f778ba; --l6: #b1bac4; --l7: #39c5cf; } }
      .chart text { fill: var(--ink); }
      .chart .quiet { fill: var(--quiet); font-size: 12px; }
      .chart .head { font-size: 15px; font-weight: 600; }
      .chart .panel { font-weight: 600; }
      .chart .mine { font-weight: 600; }
      .chart .left { text-anchor: end; }
      .chart .middle { text-anchor: middle; }
      .chart .ground { fill: var(--ground); }
      .chart .rule { stroke: var(--rule); }
      .chart .bar { fill: var(--other); }
      .chart .bar.ours { fill: var(--ours); }
      .chart .stem { stroke: var(--other); stroke-width: 2; }
      .chart .stem.ours { stroke: var(--ours); }
      .chart .range { stroke: var(--ink); stroke-width: 1.3; }
      .chart .line { fill: none; stroke-width: 2; }
      .chart .line.s0, .chart .spread.s0 { stroke: var(--ours); }
      .chart .line.s1, .chart .spread.s1 { stroke: var(--l1); }
      .chart .line.s2, .chart .spread.s2 { stroke: var(--l2); }
      .chart .line.s3, .chart .spread.s3 { stroke: var(--l3); }
      .chart .line.s4, .chart .spread.s4 { stroke: var(--l4); }
      .chart .line.s5, .chart .spread.s5 { stroke: var(--l5); }
      .chart .line.s6, .chart .spread.s6 { stroke: var(--l6); }
      .chart .line.s7, .chart .spread.s7 { stroke: var(--l7); }
      .chart .dot.s0 { fill: var(--ours); }
      .chart .dot.s1 { fill: var(--l1); }
      .chart .dot.s2 { fill: var(--l2); }
      .chart .dot.s3 { fill: var(--l3); }
      .chart .dot.s4 { fill: var(--l4); }
      .chart .dot.s5 { fill: var(--l5); }
      .chart .dot.s6 { fill: var(--l6); }
      .chart .dot.s7 { fill: var(--l7); }
      """;

  private Palette() {}
}

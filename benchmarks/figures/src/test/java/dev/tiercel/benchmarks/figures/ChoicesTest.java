package dev.tiercel.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What JMH would write for each run, held against what is looked for in it. */
class ChoicesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> COUNTERS =
      List.of("gc.alloc.rate.norm", "caffeinePerEntry", "tiercelPerEntry", "morePerEntry");

  private final Catalog catalog = Catalog.all();
  private final Map<String, Measured> results = new HashMap<>();

  @BeforeEach
  void run() throws Exception {
    for (Run run : catalog.runs()) {
      if (!run.isScorecard()) {
        results.put(run.name(), new Measured(Origin.now(run, ""), List.of(round(run))));
      }
    }
  }

  @Test
  void everythingThatIsShownIsMeasuredAndMeansOneResult() {
    List<String> unknown = new ArrayList<>();
    Plot.Source source =
        choice -> {
          Measured measured = results.get(choice.run());
          if (measured == null) {
            return List.of();
          }
          if (measured.values(choice).isEmpty()) {
            unknown.add(choice.toString());
          }
          return measured.values(choice);
        };

    catalog.plots().forEach(plot -> plot.figure(source));
    catalog.promises().forEach(promise -> promise.measured(source));

    assertFalse(results.isEmpty());
    assertEquals(List.of(), unknown);
  }

  private static ArrayNode round(Run run) throws Exception {
    CommandLineOptions options = new CommandLineOptions(run.arguments().toArray(String[]::new));
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
    ArrayNode round = JSON.createArrayNode();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList().find(silent, options.getIncludes(), List.of())) {
      List<Map<String, String>> cases = new ArrayList<>(List.of(Map.of()));
      for (Map.Entry<String, String[]> param : entry.getParams().orElse(Map.of()).entrySet()) {
        cases = times(cases, param.getKey(), values(options, param));
      }
      cases.forEach(each -> result(round.addObject(), entry.getUsername(), each));
    }
    return round;
  }

  private static List<String> values(
      CommandLineOptions options, Map.Entry<String, String[]> param) {
    return options.getParameter(param.getKey()).hasValue()
        ? List.copyOf(options.getParameter(param.getKey()).get())
        : List.of(param.getValue());
  }

  private static List<Map<String, String>> times(
      List<Map<String, String>> cases, String name, List<String> values) {
    List<Map<String, String>> product = new ArrayList<>();
    for (Map<String, String> each : cases) {
      for (String value : values) {
        Map<String, String> more = new HashMap<>(each);
        more.put(name, value);
        product.add(more);
      }
    }
    return product;
  }

  private static void result(ObjectNode result, String benchmark, Map<String, String> params) {
    result.put("benchmark", benchmark);
    params.forEach(result.putObject("params")::put);
    result.putObject("primaryMetric").putArray("rawData").addArray().add(1);
    ObjectNode counters = result.putObject("secondaryMetrics");
    COUNTERS.forEach(name -> counters.putObject(name).putArray("rawData").addArray().add(1));
  }
}

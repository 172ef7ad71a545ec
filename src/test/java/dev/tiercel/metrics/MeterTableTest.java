package dev.tiercel.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.Tiercel;
import dev.tiercel.async.AsyncCalls;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in docs/metrics.md is what a scrape shows, no more and no less. */
class MeterTableTest {
  private static final Pattern FAMILY = Pattern.compile("# HELP (\\S+) (.*)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  @TempDir Path folder;

  /** One row of the table, but its prose. */
  private record Row(String meter, String type, String unit, Set<String> tags, String help) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Binds everything that has meters, and uses it a little. */
  private void withEverythingBound(Runnable check) throws Exception {
    try (Tiercel tiercel =
            Tiercel.builder(folder.resolve("tasks.db"))
                .sqliteTier(folder.resolve("cache.db"), 16 << 20)
                .fileTier(folder.resolve("cache"), 16 << 20)
                .warm("pending", Duration.ofHours(1), TaskRepository::findPending)
                .build();
        ObjectPool<StringBuilder> pool =
            ObjectPool.of(StringBuilder::new).name("builders").build();
        ResourceManager resources = ResourceManager.named("import");
        AsyncCalls calls = AsyncCalls.builder().build();
        TiercelMetrics ofPool = TiercelMetrics.of(pool);
        TiercelMetrics ofCalls = TiercelMetrics.of(calls, "reports");
        TiercelMetrics ofResources = TiercelMetrics.of(resources);
        TiercelMetrics ofMemory = TiercelMetrics.of(MemoryProfiler.system())) {
      tiercel.metrics().bindTo(registry);
      ofPool.bindTo(registry);
      ofCalls.bindTo(registry);
      ofResources.bindTo(registry);
      ofMemory.bindTo(registry);
      tiercel.tasks().add(Task.titled("a").withId("a"));
      assertThrows(
          DuplicateTaskException.class, () -> tiercel.tasks().add(Task.titled("a").withId("a")));
      tiercel.tasks().findAll();
      check.run();
    }
  }

  @Test
  void everyMeterStandsInTheTableAndEveryRowIsAMeter() throws Exception {
    Map<String, Row> table = table();
    withEverythingBound(
        () -> {
          Map<String, Row> bound = bound();
          assertEquals(lines(bound), lines(table), () -> "The table should be\n" + lines(bound));
        });
  }

  @Test
  void theScrapeShowsEachRowByItsNameWithItsLabelsAndHelp() throws Exception {
    Map<String, Row> families = new TreeMap<>();
    table().values().forEach(row -> families.put(family(row), row));
    withEverythingBound(
        () -> {
          String scrape = registry.scrape();
          Map<String, String> helps = helps(scrape);
          assertEquals(families.keySet(), helps.keySet());
          families.forEach((name, row) -> assertEquals(row.help(), helps.get(name), name));
          Map<String, Set<String>> labels = labels(scrape, families.keySet());
          families.forEach((name, row) -> assertEquals(row.tags(), labels.get(name), name));
        });
    assertEquals("", registry.scrape(), "everything is taken out again");
  }

  private Map<String, Row> bound() {
    Map<String, Row> rows = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      Row row =
          new Row(
              id.getName(),
              id.getType().name().toLowerCase(java.util.Locale.ROOT),
              id.getBaseUnit() == null ? "" : id.getBaseUnit(),
              id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new)),
              String.valueOf(id.getDescription()));
      Row former = rows.put(row.meter(), row);
      assertEquals(former == null ? row : former, row, "all of a name are alike");
    }
    return rows;
  }

  private static String lines(Map<String, Row> rows) {
    return rows.values().stream()
        .map(
            row ->
                "| `%s` | %s | %s | %s | %s |"
                    .formatted(
                        row.meter(),
                        row.type(),
                        row.unit(),
                        row.tags().stream()
                            .map(tag -> "`" + tag + "`")
                            .collect(Collectors.joining(", ")),
                        row.help()))
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, Row> table() throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "metrics.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7 && cells[1].trim().startsWith("`")) {
        Set<String> tags = new TreeSet<>(List.of(cells[4].replaceAll("[`\\s]", "").split(",")));
        tags.remove("");
        String meter = cells[1].replace("`", "").trim();
        Row former =
            rows.put(
                meter, new Row(meter, cells[2].trim(), cells[3].trim(), tags, cells[5].trim()));
        assertEquals(null, former, meter + " stands there twice");
      }
    }
    assertFalse(rows.isEmpty());
    return rows;
  }

  /** What Prometheus calls it: by Micrometer's rules, with the unit and what kind it is. */
  private static String family(Row row) {
    String name = row.meter().replace('.', '_');
    String unit = row.type().equals("timer") ? "seconds" : row.unit();
    if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
      name += "_" + unit;
    }
    return row.type().equals("counter") ? name + "_total" : name;
  }

  private static Map<String, String> helps(String scrape) {
    Map<String, String> helps = new TreeMap<>();
    for (String line : scrape.lines().toList()) {
      Matcher family = FAMILY.matcher(line);
      if (family.matches()) {
        helps.put(family.group(1), family.group(2).trim());
      }
    }
    // A timer that is told has its longest in a family of its own.
    helps.keySet().removeIf(name -> name.endsWith("_seconds_max"));
    return helps;
  }

  private static Map<String, Set<String>> labels(String scrape, Set<String> families) {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : scrape.lines().filter(each -> !each.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        throw new AssertionError(line);
      }
      String family = sample.group(1).replaceAll("_seconds_(count|sum|max)$", "_seconds");
      Set<String> keys = new TreeSet<>();
      if (sample.group(2) != null) {
        LABEL.matcher(sample.group(2)).results().forEach(key -> keys.add(key.group(1)));
      }
      Set<String> former = labels.put(family, keys);
      assertEquals(former == null ? keys : former, keys, family);
    }
    assertEquals(families, labels.keySet());
    return labels;
  }
}

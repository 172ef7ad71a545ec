package dev.tiercel.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.Tiercel;
import dev.tiercel.async.AsyncCalls;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard for Grafana asks for is in a scrape of a stack, with those labels. */
class GrafanaTest {
  private static final Path FILE = Path.of("docs", "grafana", "tiercel.json");
  private static final Pattern METRIC =
      Pattern.compile("\\b([a-z]+(?:_[a-z]+)+)\\b(?!\\s*\\()(?:\\{([^}]*)\\})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*=");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{([a-z_]+)}}");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");

  @TempDir Path folder;

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(FILE.toFile());
  }

  /** The labels of each metric of a stack that did a little of everything. */
  private Map<String, Set<String>> scraped() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Tiercel tiercel =
            Tiercel.builder(folder.resolve("tasks.db"))
                .sqliteTier(folder.resolve("cache.db"), 16 << 20)
                .fileTier(folder.resolve("files"), 16 << 20)
                .warm("pending", Duration.ofHours(1), TaskRepository::findPending)
                .build();
        ObjectPool<StringBuilder> pool = ObjectPool.of(StringBuilder::new).name("texts").build();
        AsyncCalls calls = AsyncCalls.builder().build();
        TiercelMetrics ofPool = TiercelMetrics.of(pool);
        TiercelMetrics ofCalls = TiercelMetrics.of(calls, "reports")) {
      tiercel.metrics().bindTo(registry);
      ofPool.bindTo(registry);
      ofCalls.bindTo(registry);
      tiercel.tasks().add(Task.titled("a"));
      tiercel.tasks().findAll();
      Map<String, Set<String>> labels = new TreeMap<>();
      for (String line : registry.scrape().lines().filter(each -> !each.startsWith("#")).toList()) {
        MatchResult sample = SAMPLE.matcher(line).results().findFirst().orElseThrow();
        Set<String> keys = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
        if (sample.group(2) != null) {
          LABEL.matcher(sample.group(2)).results().forEach(key -> keys.add(key.group(1)));
        }
      }
      return labels;
    }
  }

  private static List<String> questions(JsonNode dashboard) {
    List<String> questions = new ArrayList<>(dashboard.findValuesAsText("expr"));
    questions.addAll(dashboard.findValuesAsText("definition"));
    return questions;
  }

  @Test
  void everyMetricThatItNamesIsInAScrapeWithTheLabelsThatItAsksFor() throws Exception {
    Map<String, Set<String>> scraped = scraped();
    JsonNode dashboard = dashboard();
    int count = 0;
    for (String question : questions(dashboard)) {
      Set<String> known = new HashSet<>();
      for (MatchResult metric : METRIC.matcher(question).results().toList()) {
        if (metric.group(1).equals("label_values") || metric.group(1).startsWith("__")) {
          continue;
        }
        Set<String> labels = scraped.get(metric.group(1));
        assertTrue(labels != null, metric.group(1) + " is not in a scrape: " + question);
        count++;
        known.addAll(labels);
        if (metric.group(2) != null) {
          for (MatchResult label : LABEL.matcher(metric.group(2)).results().toList()) {
            assertTrue(labels.contains(label.group(1)), metric.group() + " has only " + labels);
          }
        }
      }
      for (MatchResult by : BY.matcher(question).results().toList()) {
        for (String label : by.group(1).split(",\\s*", -1)) {
          assertTrue(known.contains(label), question + " has only " + known);
        }
      }
    }
    assertTrue(count >= 40, "it named only " + count);
  }

  @Test
  void whatALineIsCalledIsAmongItsLabels() throws Exception {
    Map<String, Set<String>> scraped = scraped();
    for (JsonNode panel : dashboard().get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        String question = target.get("expr").asText();
        Set<String> kept = new HashSet<>();
        BY.matcher(question).results().forEach(by -> kept.addAll(List.of(by.group(1).split(", "))));
        if (kept.isEmpty()) {
          METRIC
              .matcher(question)
              .results()
              .filter(metric -> scraped.containsKey(metric.group(1)))
              .forEach(metric -> kept.addAll(scraped.get(metric.group(1))));
        }
        for (MatchResult shown :
            SHOWN.matcher(target.get("legendFormat").asText()).results().toList()) {
          assertTrue(kept.contains(shown.group(1)), question + ": " + shown.group());
        }
      }
    }
  }

  @Test
  void everyPanelAsksTheSourceThatIsChosen() throws Exception {
    JsonNode dashboard = dashboard();
    assertEquals("datasource", dashboard.at("/templating/list/0/type").asText());
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertTrue(ids.add(panel.get("id").asInt()), "an id stands there twice");
      assertEquals("${datasource}", panel.at("/datasource/uid").asText());
    }
  }
}

package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written is JSON, and a parser of somebody else reads the same out of it. */
class TaskJsonTest {
  private static final ObjectMapper PARSER = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.000001Z");

  private static String string(String text) throws IOException {
    StringBuilder out = new StringBuilder();
    Json.string(out, text);
    return out.toString();
  }

  private static String json(Task task) throws IOException {
    StringBuilder out = new StringBuilder();
    TaskJson.write(task, out);
    return out.toString();
  }

  private static Task full() {
    return new Task(
        "a", "A \"title\"", "line\nline", "agent-7", TIME, TIME, TIME, -5, TIME, 3, 9, TIME);
  }

  @Test
  void whatMustBeEscapedIs() throws IOException {
    assertEquals("\"\"", string(""));
    assertEquals("\" !#~\"", string(" !#~"));
    assertEquals("\"\\\"\\\\/\"", string("\"\\/"));
    assertEquals("\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\"", string("\b\f\n\r\t\0\u001f\u007f"));
    assertEquals("\"\\u2028\\u2029\"", string("\u2028\u2029"));
    assertEquals("\"é漢😀\"", string("é漢😀"));
    assertEquals("\"\\ud83d\"", string("\ud83d"));
    assertEquals("\"\\ude00a\\ud83d\\ud83d😀\"", string("\ude00a\ud83d\ud83d😀"));
  }

  @Test
  void everyUnitComesBack() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
      all.append((char) unit);
    }
    assertEquals(all.toString(), PARSER.readTree(string(all.toString())).textValue());
  }

  @Test
  void randomTextsComeBackThroughUtf8() throws IOException {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        text.append(
            random.nextBoolean()
                ? (char) random.nextInt(0x80)
                : (char) (0xd780 + random.nextInt(0x900))); // Mostly surrogates.
      }
      byte[] sent = string(text.toString()).getBytes(StandardCharsets.UTF_8);
      assertEquals(text.toString(), PARSER.readTree(sent).textValue());
    }
  }

  @Test
  void aTaskHasAllItsFieldsButTheLease() throws IOException {
    JsonNode node = PARSER.readTree(json(full()));

    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    List<String> expected =
        new ArrayList<>(
            Stream.of(Task.class.getRecordComponents()).map(RecordComponent::getName).toList());
    expected.remove("lease");
    expected.add("status");
    assertEquals(new TreeSet<>(expected), new TreeSet<>(names));
    assertEquals("A \"title\"", node.get("title").textValue());
    assertEquals("line\nline", node.get("description").textValue());
    assertEquals("COMPLETED", node.get("status").textValue());
    assertEquals(-5, node.get("priority").intValue());
    assertEquals(3, node.get("version").intValue());
    assertEquals(TIME, Instant.parse(node.get("leaseExpiresAt").textValue()));
  }

  @Test
  void whatIsNotThereIsNull() throws IOException {
    JsonNode node = PARSER.readTree(json(Task.titled("Write the report")));
    for (String name :
        List.of("description", "assignedAgentId", "assignedAt", "completedAt", "leaseExpiresAt")) {
      assertTrue(node.get(name).isNull(), name);
    }
  }

  @Test
  void aTaskIsOneLineWhateverItsTexts() throws IOException {
    String line = json(full().withTitle("a\r\nb\u2028c").withDescription("\u0085\n\f"));
    assertEquals(-1, line.indexOf('\n'));
    assertEquals(-1, line.indexOf('\r'));
    assertEquals(-1, line.indexOf('\u2028'));
  }

  @Test
  void aPageLeadsToItsNeighbours() throws IOException {
    Cursor next = Cursor.after(TaskQuery.all(), full());
    StringBuilder out = new StringBuilder();
    TaskJson.write(
        new Page<>(
            List.of(full(), full().withId("b")),
            Optional.of(next),
            Optional.empty(),
            OptionalLong.of(7)),
        out);
    JsonNode node = PARSER.readTree(out.toString());
    assertEquals(List.of("a", "b"), node.get("items").findValuesAsText("id"));
    assertEquals(next.toString(), node.get("next").textValue());
    assertTrue(node.get("previous").isNull());
    assertEquals(7, node.get("total").longValue());

    StringBuilder empty = new StringBuilder();
    TaskJson.write(
        new Page<>(List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty()), empty);
    assertEquals("{\"items\":[],\"next\":null,\"previous\":null}", empty.toString());
  }

  @Test
  void aNumberedPageCountsThePages() throws IOException {
    StringBuilder out = new StringBuilder();
    TaskJson.write(new NumberedPage<>(List.of(full()), 3, 50, 101), out);
    JsonNode node = PARSER.readTree(out.toString());
    assertEquals(3, node.get("page").intValue());
    assertEquals(50, node.get("perPage").intValue());
    assertEquals(101, node.get("total").longValue());
    assertEquals(3, node.get("totalPages").longValue());
  }

  @Test
  void aProblemIsWrittenWithItsMembers() throws IOException {
    Problem problem =
        new Problem(
            "urn:example",
            400,
            "Bad Request",
            "no \"x\"\n",
            Map.of("parameter", "x", "more", List.of("y", "z")));
    JsonNode node = PARSER.readTree(problem.toJson());
    assertEquals(400, node.get("status").intValue());
    assertEquals("Bad Request", node.get("title").textValue());
    assertEquals("no \"x\"\n", node.get("detail").textValue());
    assertEquals("x", node.get("parameter").textValue());
    assertEquals("urn:example", node.get("type").textValue());
    assertEquals("[\"y\",\"z\"]", node.get("more").toString());
    assertFalse(PARSER.readTree(Problem.ofParameter("x", "").toJson()).has("type"));
    assertFalse(problem.toJson().contains("\n"));
  }

  private static Problem with(Map<String, Object> more) {
    return new Problem(Problem.BLANK, 400, "Bad Request", "no", more);
  }

  @Test
  void aProblemHasNoMemberTwice() {
    for (String name : List.of("type", "title", "status", "detail", "instance")) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> with(Map.of(name, "x")));
      assertTrue(
          refusal.getMessage().startsWith("a member of its own must not be called '" + name + "'"),
          refusal.getMessage());
      assertTrue(
          refusal.getMessage().contains("which RFC 9457 §3.1 names; call it something else"),
          refusal.getMessage());
    }
    assertEquals(Map.of("Status", "x"), with(Map.of("Status", "x")).more());
  }

  @Test
  void aProblemIsWhatItWasWhenItWasMade() {
    List<String> names = new ArrayList<>(List.of("a"));
    Map<String, Object> more = new HashMap<>(Map.of("names", names));
    Problem problem = with(more);
    String json = problem.toJson();

    names.add("b");
    more.put("other", "c");

    assertEquals(json, problem.toJson());
    assertThrows(UnsupportedOperationException.class, () -> problem.more().put("other", "c"));
    assertThrows(
        UnsupportedOperationException.class, () -> ((List<?>) problem.more().get("names")).clear());
  }

  @Test
  void aMemberThatIsNoTextIsRefused() {
    for (Object value : List.of(1, List.of("a", 1), Collections.singletonList(null))) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> with(Map.of("n", value)));
      assertEquals(
          "the member n must be a text or a list of texts, but is " + value, refusal.getMessage());
    }
  }
}

package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.Tiercel;
import dev.tiercel.cache.Tag;
import dev.tiercel.pool.Lease;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, over a real stack at work. */
class DashboardBrowserIT {
  private static final Path PICTURES = Path.of("target", "dashboard");

  @TempDir static Path folder;

  private static Chromium browser;
  private static Tiercel tiercel;
  private static ObjectPool<byte[]> buffers;
  private static Dashboard dashboard;
  private static final AtomicBoolean over = new AtomicBoolean();
  private static final List<Thread> load = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      String reason = "No Chromium is on the PATH, so the dashboard was not tried in a browser";
      new PrintStream(new FileOutputStream(FileDescriptor.out), true).println(reason);
      Assumptions.abort(reason);
    }
    Files.createDirectories(PICTURES);
    tiercel =
        Tiercel.builder(folder.resolve("tasks.db"))
            .sqliteTier(folder.resolve("cache.db"), 64 << 20)
            .fileTier(folder.resolve("files"), 64 << 20)
            .memory(1 << 20)
            .warm(
                "board", Duration.ofSeconds(2), tasks -> tasks.find(TaskQuery.pending().limit(50)))
            .warm("broken", Duration.ofSeconds(30), DashboardBrowserIT::fail)
            .build();
    buffers = ObjectPool.of(() -> new byte[1024]).name("buffers").maxSize(2).build();
    dashboard = tiercel.dashboard().add(DashboardSource.pool(buffers)).actions(true).start();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      tasks.add(Task.titled("Task " + i).assignedTo("agent-" + i % 40));
    }
    tiercel.tasks().addAll(tasks);
    for (int i = 0; i < 300; i++) {
      tiercel.tasks().add(Task.titled("Pending " + i));
    }
    for (int i = 0; i < 3; i++) {
      Thread thread = new Thread(() -> work(tasks), "load");
      thread.setDaemon(true);
      thread.start();
      load.add(thread);
    }
    browser = new Chromium(program.get(), folder.resolve("profile"));
  }

  private static Object fail(Object any) {
    throw new IllegalStateException("the board's table is gone");
  }

  /** Reads and writes at a pace that leaves the machine some air. */
  private static void work(List<Task> tasks) {
    while (!over.get()) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      for (int i = 0; i < 200; i++) {
        int rank = (int) (tasks.size() * Math.pow(random.nextDouble(), 4));
        tiercel.tasks().findById(tasks.get(rank).id());
        if (i % 5 == 0) {
          tiercel.tasks().find(TaskQuery.forAgent("agent-" + rank % 40).open().limit(20));
        }
      }
      try (Lease<byte[]> lease = buffers.lease()) {
        lease.get()[0]++;
        tiercel.tasks().add(Task.titled("New").assignedTo("agent-" + random.nextInt(40)));
        if (random.nextInt(20) == 0) {
          tiercel.cache().invalidate(Tag.of("agent", "agent-" + random.nextInt(40)));
          tiercel.cache().invalidatePrefix("task:");
        }
        Thread.sleep(random.nextInt(20, 120)); // The pace of the load, not a wait of the test.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @AfterAll
  static void close() throws Exception {
    over.set(true);
    for (Thread thread : load) {
      thread.join();
    }
    if (browser != null) {
      browser.close();
    }
    if (tiercel != null) {
      tiercel.close();
      buffers.close();
    }
  }

  private static void show(int width, int height, boolean isDark) throws Exception {
    browser.look(width, height, 1, isDark, false);
    browser.open(dashboard.uri());
    browser.await("document.getElementById('state-text').textContent === 'Live'");
    browser.await("document.querySelectorAll('.chart:not([hidden]) canvas').length >= 9");
  }

  private static void picture(String name, boolean isWhole) throws Exception {
    Files.write(PICTURES.resolve(name + ".png"), browser.picture(isWhole));
  }

  @Test
  void figuresMoveUnderLoadAndNothingComplains() throws Exception {
    show(1280, 900, false);
    browser.await("document.querySelector('#tile-hit .figure').textContent.endsWith('%')");
    browser.await("document.querySelectorAll('#table-tiers tbody tr').length === 3");
    browser.await("document.querySelectorAll('#table-missed tbody tr').length > 0");
    browser.await("document.querySelectorAll('#table-warmer tbody tr').length === 2");
    browser.await("document.querySelectorAll('#table-pools tbody tr').length === 3");
    browser.await("document.querySelector('#tile-tasks .figure').textContent === '300'");
    browser.await("document.querySelector('#table-warmer').textContent.includes('table is gone')");
    String hits = "document.querySelector('#table-tiers tbody td:nth-child(5)').textContent";
    String first = browser.value(hits).asText();
    browser.await(hits + " !== '" + first + "'");
    String saved =
        browser.value("document.querySelector('#tile-saved .figure').textContent").asText();
    assertNotEquals("0 ms", saved);
    assertEquals(List.of(), browser.complaints());
    assertTrue(
        browser
            .value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            .asBoolean());
  }

  @Test
  void itLooksRightInLightDarkAndOnAPhone() throws Exception {
    show(1280, 900, false);
    browser.await("document.querySelector('.chart canvas')");
    picture("light", true);
    show(1280, 900, true);
    picture("dark", true);
    assertNotEquals(
        "rgb(255, 255, 255)",
        browser
            .value("getComputedStyle(document.querySelector('.card')).backgroundColor")
            .asText());
    show(360, 780, true);
    assertTrue(
        browser
            .value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            .asBoolean(),
        "it must not scroll sideways");
    picture("phone", true);
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void whoCannotSeeItHearsAllOfIt() throws Exception {
    show(1280, 900, false);
    browser.value("document.querySelector('#chart-hits details').open = true");
    browser.await("document.querySelectorAll('#chart-hits tbody tr').length >= 3");
    browser.await(
        "document.querySelector('#chart-hits .plot').getAttribute('aria-label').includes('memory')");
    JsonNode tree = browser.call("Accessibility.getFullAXTree", Map.of());
    Set<String> roles = new HashSet<>();
    List<String> said = new ArrayList<>();
    for (JsonNode node : tree.get("nodes")) {
      String role = node.path("role").path("value").asText();
      roles.add(role);
      said.add(role + ": " + node.path("name").path("value").asText());
    }
    Files.write(PICTURES.resolve("accessibility.txt"), said);
    for (String role :
        List.of(
            "banner",
            "main",
            "contentinfo",
            "heading",
            "table",
            "columnheader",
            "rowheader",
            "radio",
            "button",
            "status",
            "link",
            "image",
            "term")) {
      assertTrue(roles.contains(role), role + " is not in " + roles);
    }
    for (String each :
        List.of(
            "heading: Now",
            "heading: Hit rate by tier",
            "button: Pause",
            "radio: 5 min",
            "link: Skip to the figures",
            "region: Pools",
            "columnheader: Misses")) {
      assertTrue(said.contains(each), each + " is not in " + said);
    }
    assertTrue(
        said.stream().anyMatch(s -> s.startsWith("image: Hit rate by tier, line chart. Now: ")));
    assertTrue(said.stream().noneMatch(s -> s.matches("(button|link|textbox|combobox|radio): ")));
  }

  @Test
  void theKeyboardIsEnough() throws Exception {
    show(1280, 900, false);
    browser.press("Tab", "Tab");
    assertEquals(
        "Skip to the figures", browser.value("document.activeElement.textContent").asText());
    assertTrue(
        browser.value("document.activeElement.getBoundingClientRect().top >= 0").asBoolean(),
        "what has the focus is seen");
    browser.press("Tab", "Tab");
    assertEquals("300", browser.value("document.activeElement.value").asText());
    browser.press("Tab", "Tab");
    assertEquals("Pause", browser.value("document.activeElement.textContent").asText());
    assertNotEquals(
        "0px", browser.value("getComputedStyle(document.activeElement).outlineWidth").asText());
    browser.press("Enter", "Enter");
    assertEquals(
        "Paused", browser.value("document.getElementById('state-text').textContent").asText());
    assertEquals(
        "true", browser.value("document.activeElement.getAttribute('aria-pressed')").asText());
    browser.press("Enter", "Enter");
    browser.await("document.getElementById('state-text').textContent === 'Live'");
  }

  @Test
  void anActionActsAndSaysSo() throws Exception {
    show(1280, 900, false);
    long before = tiercel.cache().stats().invalidationKinds().tags();
    browser.value(
        "document.querySelector('#invalidate [name=what]').value = 'agent:nobody';"
            + " document.querySelector('#invalidate button').click()");
    browser.await("document.getElementById('outcome').textContent.includes('is void')");
    assertTrue(tiercel.cache().stats().invalidationKinds().tags() > before);
    browser.value("document.querySelector('#warm button').click()");
    browser.await("document.getElementById('outcome').textContent.startsWith('Warmed ')");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aLostServerIsSaidAndFoundAgain() throws Exception {
    DashboardBuilder again = Dashboard.of(DashboardSource.pool(buffers)).title("Again");
    int port;
    try (Dashboard first = again.start()) {
      port = first.uri().getPort();
      browser.look(1280, 900, 1, false, true);
      browser.open(first.uri());
      browser.await("document.getElementById('state-text').textContent === 'Live'");
    }
    browser.await(
        "document.getElementById('state-text').textContent.startsWith('Connection lost')");
    try (Dashboard second = again.port(port).start()) {
      assertEquals(port, second.uri().getPort());
      browser.await("document.getElementById('state-text').textContent === 'Live'");
    }
  }

  @Test
  void theTokenIsAskedForAndNeverStandsInAnAddress() throws Exception {
    String token = "correct-horse-battery";
    try (Dashboard guarded = Dashboard.of(DashboardSource.pool(buffers)).token(token).start()) {
      browser.look(360, 780, 1, true, false);
      browser.open(guarded.uri());
      browser.value(
          "document.querySelector('input').value = 'a-wrong-token-of-length';"
              + " document.querySelector('button').click()");
      browser.await("document.querySelector('.wrong').textContent === 'That is not the token.'");
      picture("token", false);
      browser.value(
          "document.querySelector('input').value = '"
              + token
              + "'; document.querySelector('button').click()");
      browser.await("document.getElementById('state-text').textContent === 'Live'");
      assertEquals(guarded.uri().toString(), browser.value("location.href").asText());
    }
  }
}

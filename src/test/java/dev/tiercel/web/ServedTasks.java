package dev.tiercel.web;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.Dice;
import dev.tiercel.cache.FreshnessOracle;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Tasks that count up in their priorities, read through HTTP: each agent's list, which its handler
 * reads through the cached repository, and each task, of which the handler names the tag.
 */
final class ServedTasks implements FreshnessOracle.Subject {
  private static final int AGENTS = 4;
  private static final int EACH = 4;

  private final String name;
  private final TestServer server;
  private final TaskRepository tasks;
  private final List<Task> current = new ArrayList<>(); // By the writer alone.
  private final Map<Thread, KeptOpen> clients = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();

  ServedTasks(String name, Tiercel tiercel, WebFilter filter, boolean isJetty) throws Exception {
    this.name = name;
    this.tasks = tiercel.tasks();
    for (int i = 0; i < AGENTS * EACH; i++) {
      Task task = Task.titled("t" + i).withPriority(0).assignedTo("agent-" + i / EACH);
      current.add(tasks.save(task));
    }
    this.server =
        isJetty
            ? new JettyTestServer(filter, this::answer)
            : new JdkTestServer(filter, this::answer);
  }

  private void answer(App.Asked asked, App.Answer answer) throws IOException {
    String what = asked.target().substring(1);
    if (what.startsWith("agent-")) {
      answer.field("Cache-Tag", "agent:" + what);
      answer.text(
          tasks.find(TaskQuery.forAgent(what).limit(EACH)).items().stream()
              .map(task -> task.title().substring(1) + '=' + task.priority())
              .collect(Collectors.joining(",")));
    } else {
      Task task = tasks.findById(current.get(Integer.parseInt(what)).id()).orElseThrow();
      answer.field("Cache-Tag", "task:" + task.id()).text(what + '=' + task.priority());
    }
  }

  private KeptOpen connect() {
    try {
      return new KeptOpen(server.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<int[]> entries() {
    List<int[]> entries = new ArrayList<>();
    for (int agent = 0; agent < AGENTS; agent++) {
      int[] shown = new int[EACH];
      for (int i = 0; i < EACH; i++) {
        shown[i] = agent * EACH + i;
      }
      entries.add(shown);
    }
    for (int i = 0; i < AGENTS * EACH; i++) {
      entries.add(new int[] {i});
    }
    return entries;
  }

  @Override
  public List<int[]> writes() {
    List<int[]> writes = new ArrayList<>();
    for (int i = 0; i < AGENTS * EACH; i++) {
      writes.add(new int[] {i});
    }
    return writes;
  }

  @Override
  public boolean read(int entry, long[] numbers, Dice dice) {
    String target = entry < AGENTS ? "/agent-" + entry : "/" + (entry - AGENTS);
    try {
      KeptOpen client = clients.computeIfAbsent(Thread.currentThread(), thread -> connect());
      String text = client.get(target);
      if (!client.isOk()) {
        throw new IllegalStateException(target + " failed: " + text);
      }
      hits.add(client.isHit() ? 1 : 0);
      int[] shown = entry < AGENTS ? null : new int[] {entry - AGENTS};
      for (String pair : text.split(",", -1)) {
        int equals = pair.indexOf('=');
        int datum = Integer.parseInt(pair.substring(0, equals));
        int at = shown == null ? datum - entry * EACH : 0;
        numbers[at] = Long.parseLong(pair.substring(equals + 1));
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean write(int write, long[] numbers, Dice dice) {
    Task next = current.get(write).withPriority((int) numbers[0]);
    current.set(write, tasks.save(next));
    return true;
  }

  long hits() {
    return hits.sum();
  }

  @Override
  public void close() {
    for (KeptOpen client : clients.values()) {
      try {
        client.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    server.close();
  }

  @Override
  public String toString() {
    return name;
  }
}

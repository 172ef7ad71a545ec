package dev.tiercel.query;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A method that returns a stage has read, or written, when that has completed. */
@SuppressWarnings("FutureReturnValueIgnored")
class CachingStageTest {
  /** Completes when the test says so. */
  public interface Later {
    CompletionStage<List<String>> names(String group);

    CompletableFuture<String> name(int id);

    CompletionStage<Void> rename(int id, String name);

    CompletableFuture<Integer> add(String name);
  }

  /** Nobody can be told when it completes. */
  private static final class Deaf extends CompletableFuture<Object> {
    @Override
    public CompletableFuture<Object> whenComplete(
        BiConsumer<? super Object, ? super Throwable> action) {
      throw new UnsupportedOperationException("on purpose");
    }
  }

  private static final class Held implements Later {
    private final List<CompletableFuture<Object>> under = new ArrayList<>();

    private boolean isDeaf;

    /* Happens in the target, between its read and its return. */
    private Runnable inside = () -> {};

    @SuppressWarnings("unchecked")
    private <V> CompletableFuture<V> held() {
      CompletableFuture<Object> next = isDeaf ? new Deaf() : new CompletableFuture<>();
      under.add(next);
      return (CompletableFuture<V>) next;
    }

    @Override
    public CompletionStage<List<String>> names(String group) {
      return held();
    }

    @Override
    public CompletableFuture<String> name(int id) {
      CompletableFuture<String> held = held();
      inside.run();
      return held;
    }

    @Override
    public CompletionStage<Void> rename(int id, String name) {
      return held();
    }

    @Override
    public CompletableFuture<Integer> add(String name) {
      return held();
    }

    void complete(int call, Object with) {
      under.get(call).complete(with);
    }
  }

  private final TieredCache cache = Wrapped.cache();
  private final Held target = new Held();
  private final Later later =
      Caching.of(Later.class, target)
          .with(cache)
          .cached(
              Later::names,
              c ->
                  c.tag(group -> "group:" + group)
                      .tagsOfResult(
                          found ->
                              found.toCompletableFuture().join().stream()
                                  .map(name -> "named:" + name)
                                  .toList()))
          .cached(Later::name, c -> c.tag(id -> "name:" + id))
          .invalidates(Later::rename, i -> i.tag((id, name) -> "name:" + id).tag("named:old"))
          .invalidates(Later::add, i -> i.tagsOfResult(id -> List.of("name:" + id.join())))
          .build();

  @AfterEach
  void close() {
    cache.close();
  }

  private int calls() {
    return target.under.size();
  }

  @Test
  void whatAStageCompletesWithIsCached() {
    CompletableFuture<String> first = later.name(1);
    assertFalse(first.isDone());
    target.complete(0, "a");
    assertEquals("a", first.join());
    assertEquals("a", later.name(1).join());
    assertEquals(1, calls());
  }

  @Test
  void whatWasWrittenWhileItWasReadIsNotCached() {
    CompletableFuture<String> read = later.name(1);
    CompletionStage<Void> write = later.rename(1, "b");
    target.complete(1, null);
    write.toCompletableFuture().join();
    target.complete(0, "a");
    assertEquals("a", read.join());
    later.name(1);
    assertEquals(3, calls());
  }

  @Test
  void whatWasWrittenInsideTheCallIsNotCachedEither() {
    target.inside =
        () -> {
          later.rename(1, "b");
          target.complete(1, null);
        };
    CompletableFuture<String> read = later.name(1);
    target.inside = () -> {};
    target.complete(0, "a");
    assertEquals("a", read.join());
    later.name(1);
    assertEquals(3, calls());
  }

  @Test
  void aWriteIsPendingUntilItsStageCompletes() {
    later.name(1);
    target.complete(0, "a");
    CompletionStage<Void> write = later.rename(1, "b");
    assertFalse(write.toCompletableFuture().isDone());
    CompletableFuture<String> meanwhile = later.name(1);
    target.complete(2, "a");
    assertEquals("a", meanwhile.join());
    target.complete(1, null);
    later.name(1);
    assertEquals(4, calls());
    target.complete(3, "b");
    assertEquals("b", later.name(1).join());
    assertEquals(4, calls());
  }

  private void assertPendingUntilTheTargetCompletes(int write) {
    CompletableFuture<String> meanwhile = later.name(1);
    target.complete(calls() - 1, "a");
    assertEquals("a", meanwhile.join());
    target.complete(write, null);
    int before = calls();
    CompletableFuture<String> after = later.name(1);
    assertEquals(before + 1, calls()); // What was read meanwhile is not served.
    target.complete(before, "b");
    assertEquals("b", after.join());
    assertEquals("b", later.name(1).join());
    assertEquals(before + 1, calls()); // Nothing is left pending.
  }

  @Test
  void whoCompletesTheStageOfAWriteDoesNotEndTheWrite() {
    later.rename(1, "b").toCompletableFuture().complete(null);
    assertPendingUntilTheTargetCompletes(0);
  }

  @Test
  void whoCancelsTheStageOfAWriteDoesNotEndTheWrite() {
    CompletableFuture<Integer> write = later.add("b");
    assertTrue(write.cancel(true));
    assertFalse(target.under.get(0).isDone());
    assertPendingUntilTheTargetCompletes(0);
  }

  @Test
  void aTimeOutDoesNotEndTheWrite() {
    CompletionStage<Void> write = later.rename(1, "b");
    CompletableFuture<Void> waited = write.toCompletableFuture().orTimeout(1, MILLISECONDS);
    assertThrows(CompletionException.class, waited::join);
    assertPendingUntilTheTargetCompletes(0);
  }

  @Test
  void whatFollowsAWriteReadsWhatItWrote() {
    later.name(1);
    target.complete(0, "a");
    CompletionStage<CompletableFuture<String>> read =
        later.rename(1, "b").thenApply(done -> later.name(1));
    target.complete(1, null);
    assertEquals(3, calls());
    target.complete(2, "b");
    assertEquals("b", read.toCompletableFuture().join().join());
  }

  @Test
  void aWriteThatFailsVoidsTheSame() {
    later.name(1);
    target.complete(0, "a");
    later.rename(1, "b");
    target.under.get(1).completeExceptionally(new IllegalStateException("no answer"));
    later.name(1);
    assertEquals(3, calls());
  }

  @Test
  void tagsOfAStagesResultAreVoided() {
    later.name(7);
    target.complete(0, "absent");
    later.name(8);
    target.complete(1, "stays");
    CompletableFuture<Integer> write = later.add("x");
    later.name(8); // Nobody knows yet.
    assertEquals(4, calls());
    target.complete(2, 7);
    assertEquals(7, write.join());
    later.name(7);
    assertEquals(5, calls());
    assertEquals("stays", later.name(8).join());
    assertEquals(5, calls());
  }

  @Test
  void aFailedStageWhoseResultWouldHaveToldTheTagsVoidsEverything() {
    later.name(1);
    target.complete(0, "a");
    later.add("x");
    target.under.get(1).completeExceptionally(new IllegalStateException("no answer"));
    later.name(1);
    assertEquals(3, calls());
  }

  @Test
  void aStageWhoseTagFunctionFailsCompletesAndVoidsEverything() {
    later.name(1);
    target.complete(0, "a");
    Later failing =
        Caching.of(Later.class, target)
            .with(cache)
            .passesThrough(Later::names)
            .passesThrough(Later::name)
            .passesThrough(Later::rename)
            .invalidates(Later::add, i -> i.tagsOfResult(id -> failed()))
            .build();
    CompletableFuture<Integer> write = failing.add("x");
    target.complete(1, 7);
    assertEquals(7, write.join());
    later.name(1);
    target.complete(2, "b");
    assertEquals("b", later.name(1).join());
    assertEquals(3, calls());
  }

  private static List<String> failed() {
    throw new StackOverflowError("on purpose");
  }

  @Test
  void aStageThatTellsNobodyCostsTheCacheAndNotTheAnswer() {
    later.name(1);
    target.complete(0, "a");
    target.isDeaf = true;
    CompletableFuture<String> read = later.name(2);
    target.complete(1, "b");
    assertEquals("b", read.join());
    CompletionStage<Void> write = later.rename(1, "c");
    target.complete(2, null);
    assertTrue(write.toCompletableFuture().isDone());
    target.isDeaf = false;
    later.name(1);
    later.name(2);
    assertEquals(5, calls());
  }

  @Test
  void tagsOfAReadStagesResultAreCarried() {
    CompletionStage<List<String>> read = later.names("all");
    List<String> names = new ArrayList<>(List.of("old"));
    target.complete(0, names);
    List<String> first = read.toCompletableFuture().join();
    assertThrows(UnsupportedOperationException.class, first::clear);
    names.clear();
    assertEquals(List.of("old"), later.names("all").toCompletableFuture().join());
    assertEquals(1, calls());
    later.rename(5, "new");
    target.complete(1, null);
    later.names("all");
    assertEquals(3, calls());
  }

  @Test
  void aFailedReadFailsAsItWouldWithoutTheWrapperAndIsNotCached() {
    IllegalStateException failure = new IllegalStateException("no answer");
    CompletableFuture<String> read = later.name(1);
    target.under.get(0).completeExceptionally(failure);
    assertSame(failure, assertThrows(CompletionException.class, read::join).getCause());
    later.name(1);
    assertEquals(2, calls());
  }

  @Test
  void nothingIsAnAnswerThatIsNotCached() {
    CompletableFuture<String> read = later.name(1);
    target.complete(0, null);
    assertNull(read.join());
    later.name(1);
    assertEquals(2, calls());
  }

  @Test
  void cancellingReachesTheTarget() {
    later.name(1).cancel(true);
    assertTrue(target.under.get(0).isCancelled());
  }

  @Test
  void whatIsLoadedAroundAStageIsNotCached() {
    TypedCache<String> texts = cache.typed(String.class);
    Tag tag = Tag.of("page");
    texts.get(
        "page",
        tag,
        () -> {
          CompletableFuture<String> read = later.name(1);
          target.complete(0, "a");
          return read.join();
        });
    assertTrue(texts.getIfPresent("page").isEmpty());
  }
}

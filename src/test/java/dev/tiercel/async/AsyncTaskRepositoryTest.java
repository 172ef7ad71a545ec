package dev.tiercel.async;

import static dev.tiercel.async.Gate.failure;
import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskListener;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsyncTaskRepositoryTest {
  private static final Task TASK = Task.titled("Write the report").withId("a");

  /** An argument of each type that a method has. */
  private static final Map<Class<?>, Object> SAMPLES =
      Map.ofEntries(
          Map.entry(Task.class, TASK),
          Map.entry(Collection.class, List.of()),
          Map.entry(String.class, "agent"),
          Map.entry(int.class, 7),
          Map.entry(long.class, 42L),
          Map.entry(Duration.class, Duration.ofMinutes(1)),
          Map.entry(Instant.class, Instant.EPOCH),
          Map.entry(TaskQuery.class, TaskQuery.pending()),
          Map.entry(TaskFilter.class, TaskFilter.NONE),
          Map.entry(TaskListener.class, (TaskListener) changes -> {}),
          Map.entry(Function.class, Function.identity()));

  private static List<Method> operations() {
    return Stream.of(TaskRepository.class.getMethods()).sorted(byName()).toList();
  }

  private static Comparator<Method> byName() {
    return Comparator.comparing(Method::toString);
  }

  private static Method twin(Method operation) throws NoSuchMethodException {
    return AsyncTaskRepository.class.getMethod(operation.getName(), operation.getParameterTypes());
  }

  private static Object[] samples(Method operation) {
    return Stream.of(operation.getParameterTypes()).map(SAMPLES::get).toArray();
  }

  @Test
  void everyOperationHasATwinWhoseFutureHasItsResult() throws Exception {
    for (Method operation : operations()) {
      ParameterizedType future = (ParameterizedType) twin(operation).getGenericReturnType();

      assertEquals(CompletableFuture.class, future.getRawType());
      assertEquals(
          boxed(operation.getGenericReturnType()).getTypeName(),
          future.getActualTypeArguments()[0].getTypeName(),
          operation::toString);
    }
  }

  private static Type boxed(Type type) {
    return type == long.class ? Long.class : type == boolean.class ? Boolean.class : type;
  }

  @Test
  void everyTwinMakesTheCallOfItsOwnName() throws Exception {
    List<String> made = new ArrayList<>();
    TaskRepository recording =
        (TaskRepository)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TaskRepository.class},
                (proxy, method, arguments) -> {
                  made.add(method + " " + Arrays.toString(arguments));
                  return method.getReturnType() == boolean.class
                      ? true
                      : method.getReturnType() == long.class ? 1L : null;
                });
    try (AsyncTaskRepository tasks = AsyncTaskRepository.of(recording)) {
      for (Method operation : operations()) {
        made.clear();
        Object[] arguments = samples(operation);
        result((CompletableFuture<?>) twin(operation).invoke(tasks, arguments));

        String given = arguments.length == 0 ? "null" : Arrays.toString(arguments);
        assertEquals(List.of(operation + " " + given), made);
      }
    }
  }

  @Test
  void everyNullIsRefusedAtOnceByItsName() throws Exception {
    try (AsyncTaskRepository tasks =
        AsyncTaskRepository.of(new InMemoryTaskRepository(InstantSource.system()))) {
      for (Method operation : operations()) {
        for (int i = 0; i < operation.getParameterCount(); i++) {
          Object[] arguments = samples(operation);
          if (!operation.getParameterTypes()[i].isPrimitive()) {
            arguments[i] = null;
            var thrown =
                assertThrows(
                    InvocationTargetException.class,
                    () -> twin(operation).invoke(tasks, arguments),
                    operation::toString);
            assertInstanceOf(NullPointerException.class, thrown.getCause());
            assertEquals(
                operation.getParameters()[i].getName() + " must not be null",
                thrown.getCause().getMessage());
          }
        }
      }
      assertThrows(NullPointerException.class, () -> tasks.within(null));
      assertThrows(NullPointerException.class, () -> tasks.publisher(null));
      assertThrows(NullPointerException.class, () -> AsyncTaskRepository.of(null));
    }
  }

  @Test
  void aCollectionThatIsChangedAfterwardsChangesNothing() throws Exception {
    try (AsyncTaskRepository tasks =
        AsyncTaskRepository.of(
            new InMemoryTaskRepository(InstantSource.system()),
            AsyncCalls.builder().threads(1).build())) {
      Gate gate = new Gate();
      CompletableFuture<Integer> first = tasks.calls().submit(gate.before(1));
      List<Task> mine = new ArrayList<>(List.of(TASK));
      CompletableFuture<?> added = tasks.addAll(mine);
      mine.clear();
      gate.open();

      assertEquals(1, result(first));
      result(added);
      assertEquals(1, result(tasks.count(TaskQuery.all())));
    }
  }

  @Test
  void aDeadlineOfAViewIsForItsCallsOnly() throws Exception {
    SetTicker time = new SetTicker();
    Gate gate = new Gate();
    try (AsyncCalls calls = AsyncCalls.builder().threads(1).timer(time, time).build()) {
      AsyncTaskRepository tasks =
          AsyncTaskRepository.of(new InMemoryTaskRepository(InstantSource.system()), calls);
      CompletableFuture<Integer> first = calls.submit(gate.before(1));
      CompletableFuture<Task> late = tasks.within(Duration.ofSeconds(1)).add(TASK);
      CompletableFuture<Optional<Task>> read = tasks.findById("a");

      time.advance(Duration.ofSeconds(1));
      assertFalse(assertInstanceOf(AsyncTimeoutException.class, failure(late)).begun());
      gate.open();

      assertEquals(1, result(first));
      assertEquals(Optional.empty(), result(read), "the late write never happened");
      tasks.close();
      assertEquals(0, result(tasks.count(TaskQuery.all())), "whoever made the calls closes them");
    }
  }

  @Test
  void aCancelledTransactionIsRolledBack() throws Exception {
    try (AsyncTaskRepository tasks =
        AsyncTaskRepository.of(new InMemoryTaskRepository(InstantSource.system()))) {
      CountDownLatch written = new CountDownLatch(1);
      CompletableFuture<Boolean> ended = new CompletableFuture<>();
      CompletableFuture<Void> transaction =
          tasks.inTransaction(
              bound -> {
                bound.add(TASK);
                written.countDown();
                try {
                  assertTrue(new CountDownLatch(1).await(30, TimeUnit.SECONDS)); // Never is.
                } catch (InterruptedException e) {
                  ended.complete(true);
                  throw new IllegalStateException("interrupted", e);
                }
                return null;
              });
      assertTrue(written.await(30, TimeUnit.SECONDS));

      transaction.cancel(true);

      assertTrue(result(ended));
      assertEquals(Optional.empty(), result(tasks.findById("a")));
    }
  }

  @Test
  void aWriteFromInsideATransactionIsRefusedInsteadOfWaitingForIt() throws Exception {
    try (AsyncTaskRepository tasks =
        AsyncTaskRepository.of(new InMemoryTaskRepository(InstantSource.system()))) {
      CompletableFuture<Task> transaction = tasks.inTransaction(bound -> tasks.add(TASK).join());

      assertInstanceOf(IllegalStateException.class, failure(transaction));
      assertEquals(0, result(tasks.count(TaskQuery.all())));
    }
  }
}

package dev.tiercel.async;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The publisher keeps to Reactive Streams, by their own tests. */
class TaskPublisherTckTest {
  private static final int MOST = 1_000;

  private final AsyncCalls calls = AsyncCalls.builder().build();

  @AfterEach
  void close() {
    calls.close();
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(FlowPublisherVerification.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted(Comparator.comparing(Method::getName))
        .map(rule -> dynamicTest(rule.getName(), () -> check(rule)));
  }

  private void check(Method rule) throws Throwable {
    Rules rules = new Rules();
    rules.setUp();
    try {
      rule.invoke(rules);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SkipException skipped) {
        abort(skipped.getMessage());
      }
      throw e.getCause();
    }
  }

  private final class Rules extends FlowPublisherVerification<Task> {
    Rules() {
      super(new TestEnvironment(2_000, 100), 1_000);
    }

    @Override
    public Flow.Publisher<Task> createFlowPublisher(long elements) {
      InMemoryTaskRepository tasks = new InMemoryTaskRepository(InstantSource.system());
      tasks.addAll(
          LongStream.range(0, Math.min(elements, MOST))
              .mapToObj(i -> Task.titled("Task " + i))
              .toList());
      return AsyncTaskRepository.of(tasks, calls).publisher(TaskQuery.all().limit(3));
    }

    @Override
    public Flow.Publisher<Task> createFailedFlowPublisher() {
      AsyncCalls closed = AsyncCalls.builder().build();
      closed.close();
      return AsyncTaskRepository.of(new InMemoryTaskRepository(InstantSource.system()), closed)
          .publisher(TaskQuery.all());
    }

    @Override
    public long maxElementsFromPublisher() {
      return MOST;
    }
  }
}

package dev.tiercel.async;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Publishes the tasks of a query; each subscriber goes through them from the start. */
record TaskPublisher(
    TaskRepository tasks, TaskQuery query, AsyncCalls calls, @Nullable Duration within)
    implements Flow.Publisher<Task> {

  @Override
  public void subscribe(Flow.Subscriber<? super Task> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber must not be null");
    new TaskSubscription(this, subscriber).start();
  }
}

package dev.tiercel.async;

import dev.tiercel.task.TaskRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A repository whose every method makes the asynchronous call of its name and waits for it. */
final class WaitingTasks {
  private WaitingTasks() {}

  static TaskRepository over(AsyncTaskRepository tasks, AutoCloseable below) {
    return (TaskRepository)
        Proxy.newProxyInstance(
            WaitingTasks.class.getClassLoader(),
            new Class<?>[] {TaskRepository.class, AutoCloseable.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                tasks.close();
                below.close();
                return null;
              }
              try {
                CompletableFuture<?> future =
                    (CompletableFuture<?>)
                        AsyncTaskRepository.class
                            .getMethod(method.getName(), method.getParameterTypes())
                            .invoke(tasks, arguments);
                return future.join();
              } catch (InvocationTargetException | CompletionException e) {
                throw e.getCause();
              }
            });
  }
}

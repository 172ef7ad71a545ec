package dev.tiercel.async;

import dev.tiercel.task.TaskRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** A repository of which each call does something else first, and fails if that does. */
final class HookedTasks {
  private HookedTasks() {}

  static TaskRepository over(TaskRepository stored, Callable<?> first) {
    return (TaskRepository)
        Proxy.newProxyInstance(
            HookedTasks.class.getClassLoader(),
            new Class<?>[] {TaskRepository.class},
            (proxy, method, arguments) -> {
              first.call();
              try {
                return method.invoke(stored, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

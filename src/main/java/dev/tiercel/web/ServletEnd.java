package dev.tiercel.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Hears that an asynchronous servlet is done. */
final class ServletEnd implements AsyncListener {
  private final ServletAnswer answer;

  ServletEnd(ServletAnswer answer) {
    this.answer = answer;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    answer.over();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The container completes it afterwards.
  }

  @Override
  public void onError(AsyncEvent event) {
    // The container completes it afterwards.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}

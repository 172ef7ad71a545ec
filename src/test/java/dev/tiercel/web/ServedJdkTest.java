package dev.tiercel.web;

class ServedJdkTest extends ServedContract {
  @Override
  TestServer serve(WebFilter filter, App app) throws Exception {
    return new JdkTestServer(filter, app);
  }
}

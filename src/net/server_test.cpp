#include "net/server.h"

#include <future>
#include <stdexcept>
#include <stop_token>
#include <thread>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/refusal.h"
#include "net/test_client.h"

namespace hoopoe::net {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Answers with what it understood, so that a test sees what the server made of the bytes.
Task<Response> echo(Request& request) {
  Response response;
  response.body = std::string(name(request.method)) + " " + request.path + " " + request.body;
  if (request.path == "/refuse") throw Refusal(RefusalKind::not_found, "There is no such hoopoe.");
  if (request.path == "/fail") throw std::runtime_error("a private cause");
  if (request.path == "/empty") response.status = 204;
  if (request.path == "/from") response.body = request.remote.str() + (request.secure ? " secure" : " plain");
  if (request.path == "/large") response.shared_body = std::make_shared<const std::string>(8'000'000, 'x');
  if (request.path == "/bug") response.headers.add("Content-Length", "7");
  co_return response;
}

ServerOptions options() { return {.listen = {"127.0.0.1:0"}, .threads = 2}; }

class Serving : public Server {
 public:
  explicit Serving(ServerOptions with = options(), Handler handler = echo)
      : Server(std::move(with), std::move(handler)) {
    start();
  }
  TestClient client() const { return TestClient(ports().front()); }
  std::string answer_to(std::string_view bytes) const { return client().send(bytes).answer(); }
};

constexpr auto get = "GET /hello?x=1 HTTP/1.1\r\nHost: hoopoe.test\r\n\r\n";

TEST(Server, AnswersARequestWithDateAndLength) {
  const Serving server;
  EXPECT_THAT(server.answer_to(get),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\nDate: "), HasSubstr("Content-Length: 11\r\n"),
                    EndsWith("\r\n\r\nGET /hello ")));
}

TEST(Server, ServesManyRequestsOnOneConnection) {
  const Serving server;
  auto client = server.client();
  for (int i = 0; i < 5; ++i) EXPECT_THAT(client.send(get).answer(), EndsWith("GET /hello "));
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  const Serving server;
  auto client = server.client();
  client.send(
      "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\noneGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n");
  EXPECT_THAT(client.answer(), EndsWith("POST /a one"));
  EXPECT_THAT(client.answer(), EndsWith("GET /b "));
  EXPECT_THAT(client.answer(), EndsWith("POST /c three"));
}

TEST(Server, HeadHasTheLengthOfGetAndNoBody) {
  const Serving server;
  auto client = server.client();
  EXPECT_THAT(client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n").read_until("\r\n\r\n"),
              HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(client.send(get).answer(), StartsWith("HTTP/1.1 200 OK"));
}

TEST(Server, AnAnswerWithoutContentHasNoLength) {
  const Serving server;
  EXPECT_THAT(server.answer_to("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 204 No Content"), Not(HasSubstr("Content-Length"))));
}

TEST(Server, ClosesWhenTheClientAsksForIt) {
  const Serving server;
  auto client = server.client();
  client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.answer(), HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(client.ended());
}

TEST(Server, ClosesAfterAnHttp10Request) {
  const Serving server;
  auto client = server.client();
  EXPECT_THAT(client.send("GET /old HTTP/1.0\r\n\r\n").answer(), EndsWith("GET /old "));
  EXPECT_TRUE(client.ended());
}

TEST(Server, ARefusalIsRenderedWithItsPublicText) {
  const Serving server;
  EXPECT_THAT(server.answer_to("GET /refuse HTTP/1.1\r\nHost: h\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 404 Not Found"), EndsWith("There is no such hoopoe.\n")));
}

TEST(Server, AnyOtherFailureIs500WithoutItsCause) {
  const Serving server;
  EXPECT_THAT(server.answer_to("GET /fail HTTP/1.1\r\nHost: h\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 500"), Not(HasSubstr("private"))));
}

TEST(Server, TheOptionsRendererSeesTheRequestAndTheFailure) {
  auto with_renderer = options();
  with_renderer.render_error = [](const Request& request, const std::exception_ptr& failure) {
    EXPECT_THROW(std::rethrow_exception(failure), Refusal);
    return Response{.status = 418, .body = "teapot at " + request.path};
  };
  const Serving server(with_renderer);
  EXPECT_THAT(server.answer_to("GET /refuse HTTP/1.1\r\nHost: h\r\n\r\n"), EndsWith("teapot at /refuse"));
}

TEST(Server, SendsALargeBodyToASlowReaderWhole) {
  const Serving server;
  auto client = server.client();
  const auto answer = client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n").answer();
  EXPECT_GT(answer.size(), 8'000'000U);
  EXPECT_THAT(client.send(get).answer(), EndsWith("GET /hello "));
}

TEST(Server, SaysContinueBeforeTheBodyIsSent) {
  const Serving server;
  auto client = server.client();
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(client.send("body").answer(), EndsWith("POST /a body"));
}

TEST(Server, ABodyOverTheLimitIsRefusedBeforeItIsSent) {
  const Serving server;
  auto client = server.client();
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 413 Payload Too Large"));
  EXPECT_TRUE(client.ended());
}

TEST(Server, AChunkedBodyOverTheLimitIsRefused) {
  auto small = options();
  small.limits.body_bytes_max = 10;
  const Serving server(small);
  auto client = server.client();
  client.send(
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n6\r\n123456\r\n");
  EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 413"));
  EXPECT_TRUE(client.ended());
}

TEST(Server, SomeRequestsMayHaveALargerBody) {
  auto larger = options();
  larger.limits.body_bytes_max = 2;
  larger.body_allowance = [](const Request& request) -> BodyAllowance {
    return {.bytes_max = request.path == "/media" ? 100U : 2U, .holder = ""};
  };
  const Serving server(larger);
  const std::string head = " HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nphoto";
  EXPECT_THAT(server.answer_to("POST /media" + head), EndsWith("photo"));
  EXPECT_THAT(server.answer_to("POST /other" + head), StartsWith("HTTP/1.1 413"));
}

TEST(Server, ALargeBodyThatTheOthersLeaveNoRoomForIsRefusedForNow) {
  auto larger = options();
  larger.limits.body_bytes_max = 2;
  larger.limits.large_bodies_bytes_max = 4;
  larger.body_allowance = [](const Request&) { return BodyAllowance{.bytes_max = 100, .holder = "one"}; };
  const Serving server(larger);
  const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: ";
  EXPECT_THAT(server.answer_to(head + "5\r\n\r\nphoto"), StartsWith("HTTP/1.1 503"));
  // What was refused takes no room.
  EXPECT_THAT(server.answer_to(head + "4\r\n\r\nbird"), EndsWith("bird"));
}

TEST(Server, WhoHoldsMuchInLargeBodiesLeavesRoomForTheOthers) {
  auto larger = options();
  larger.limits.body_bytes_max = 2;
  larger.limits.large_bodies_of_one_bytes_max = 4;
  larger.body_allowance = [](const Request& request) {
    return BodyAllowance{.bytes_max = 100, .holder = request.path};
  };
  const Serving server(larger);
  const std::string half = " HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
  auto slow = server.client();
  slow.send("POST /one" + half);
  EXPECT_THAT(slow.answer(), StartsWith("HTTP/1.1 100"));
  slow.send("bir");
  const auto of = [](const std::string& holder) {
    return "POST /" + holder + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbird";
  };
  while (!server.answer_to(of("one")).starts_with("HTTP/1.1 503")) {
  }
  EXPECT_THAT(server.answer_to(of("other")), EndsWith("bird"));
}

TEST(Server, WhoWasFastAtFirstMayNotBeSilentForLongAfterwards) {
  auto impatient = options();
  impatient.limits.stall_timeout = std::chrono::milliseconds(50);
  impatient.limits.transfer_timeout = std::chrono::hours(1);
  const Serving server(impatient);
  auto client = server.client();
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\n\r\n" + std::string(100'000, 'a'));
  EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 400"));
}

TEST(Server, BelievesAForwardedAddressFromATrustedProxyOnly) {
  constexpr auto forwarded =
      "GET /from HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n";
  EXPECT_THAT(Serving().answer_to(forwarded), EndsWith("127.0.0.1 plain"));
  auto behind = options();
  behind.trusted_proxies = {*Cidr::parse("127.0.0.0/8")};
  EXPECT_THAT(Serving(behind).answer_to(forwarded), EndsWith("203.0.113.9 secure"));
}

TEST(Server, AFieldOfTheConnectionSetByAHandlerIsABugAndA500) {
  const Serving server;
  EXPECT_THAT(server.answer_to("GET /bug HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 500"));
}

TEST(Server, TooManyConnectionsOfOneAddressAreTurnedAway) {
  auto few = options();
  few.limits.connections_per_address_max = 1;
  const Serving server(few);
  auto first = server.client();
  EXPECT_THAT(first.send(get).answer(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(server.client().read_all(), StartsWith("HTTP/1.1 503"));
}

// Keeps a server's threads at work, from so many connections at once, until it is destroyed.
class Crowd {
 public:
  Crowd(const Serving& server, int connections) {
    for (int i = 0; i < connections; ++i) {
      threads_.emplace_back([&server](const std::stop_token& stop) {
        auto client = server.client();
        while (!stop.stop_requested()) client.send("GET /work HTTP/1.1\r\nHost: h\r\n\r\n").answer();
      });
    }
  }

 private:
  std::vector<std::jthread> threads_;
};

Task<Response> work(Request& request) {
  const auto until = std::chrono::steady_clock::now() + milliseconds(5);
  while (request.path == "/work" && std::chrono::steady_clock::now() < until) {
  }
  co_return Response{.body = request.path};
}

TEST(Server, WhereAllWaitLongSomeAreRefusedUntilTheCrowdIsGone) {
  ServerOptions crowded = options();
  crowded.threads = 1;
  crowded.wait_max = [](const Request& request) {
    return request.path == "/can-wait" ? milliseconds(20) : std::chrono::minutes(10);
  };
  const Serving server(std::move(crowded), work);
  const auto ask_until = [&](std::string_view status) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    std::string answer;
    while (!answer.starts_with(status) && std::chrono::steady_clock::now() < end) {
      answer = server.answer_to("GET /can-wait HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    return answer;
  };
  {
    const Crowd crowd(server, 20);
    EXPECT_THAT(ask_until("HTTP/1.1 503"), HasSubstr("Too many ask at once"));
    EXPECT_THAT(server.answer_to("GET /cannot-wait HTTP/1.1\r\nHost: h\r\n\r\n"), EndsWith("/cannot-wait"));
  }
  EXPECT_THAT(ask_until("HTTP/1.1 200"), EndsWith("/can-wait"));
}

TEST(Server, ListensOnSeveralAddresses) {
  auto both = options();
  both.listen = {"127.0.0.1:0", "127.0.0.2:0"};
  const Serving server(both);
  ASSERT_EQ(server.ports().size(), 2U);
  EXPECT_NE(server.ports()[0], 0);
  EXPECT_NE(server.ports()[1], 0);
}

TEST(Server, ASecondServerCannotTakeThePort) {
  const Serving server;
  auto same = options();
  same.listen = {"127.0.0.1:" + std::to_string(server.ports().front())};
  Server second(same, echo);
  EXPECT_THROW(second.start(), std::runtime_error);
}

TEST(Server, SaysWhatIsWrongWithAListenAddress) {
  auto wrong = options();
  wrong.listen = {"localhost"};
  Server server(wrong, echo);
  EXPECT_THROW(server.start(), std::runtime_error);
}

// Lets a test decide when a handler ends.
using Timer =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
struct Gate {
  std::promise<void> entered;
  Timer* timer = nullptr;
};

Task<Response> wait_at(Gate& gate) {
  const auto executor = co_await boost::asio::this_coro::executor;
  Timer timer(executor, std::chrono::steady_clock::time_point::max());
  gate.timer = &timer;
  gate.entered.set_value();
  boost::system::error_code cancelled;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>(), cancelled));
  Response response;
  response.body = "finished";
  co_return response;
}

TEST(Server, StoppingLetsARunningRequestFinishAndTakesNoNewOnes) {
  Gate gate;
  auto one_thread = options();
  one_thread.threads = 1;
  Serving server(one_thread, [&](Request&) { return wait_at(gate); });
  auto client = server.client();
  auto idle = server.client();
  client.send(get);
  gate.entered.get_future().get();
  auto stopping = std::async([&] { server.stop(std::chrono::seconds(10)); });
  EXPECT_TRUE(idle.ended());
  boost::asio::post(gate.timer->get_executor(), [&] { gate.timer->cancel(); });
  EXPECT_THAT(client.answer(), AllOf(HasSubstr("Connection: close"), EndsWith("finished")));
  stopping.get();
}

TEST(Server, StoppingCutsWhatIsLeftAtTheDeadline) {
  Gate gate;
  Serving server(options(), [&](Request&) { return wait_at(gate); });
  auto client = server.client();
  client.send(get);
  gate.entered.get_future().get();
  server.stop(milliseconds(10));
  EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace hoopoe::net

#include "net/outgoing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/server.h"
#include "net/stream.h"

namespace hoopoe::net {
namespace {

using testing::HasSubstr;

Task<Response> answer(Request& request) {
  Response response{.body = std::string(name(request.method)) + " " + request.body};
  response.headers.add("Content-Type", "text/plain");
  if (request.path == "/agent") response.body = request.header("User-Agent");
  if (request.path == "/large") response.body = std::string(2000, 'x');
  if (request.path == "/never") response.stream = std::make_shared<Stream>();
  if (request.path == "/round" || request.path == "/hop") {
    response.status = 302;
    response.headers.add("Location", request.path == "/round" ? "/round" : "/agent");
  }
  if (request.path == "/file") {
    response.status = 302;
    response.headers.add("Location", "file:///etc/passwd");
  }
  co_return response;
}

class OutgoingTest : public testing::Test {
 protected:
  OutgoingTest() { server_.start(); }
  ~OutgoingTest() override { server_.stop(std::chrono::seconds(1)); }

  std::string at(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(server_.ports().front()) + std::string(path);
  }
  static OutgoingOptions options() {
    return {.user_agent = "Hoopoe (tests)", .private_addresses_allowed = true, .body_bytes_max = 1000};
  }

  Server server_{{.listen = {"127.0.0.1:0"}, .threads = 1}, answer};
  OutgoingClient client_{options()};
};

TEST_F(OutgoingTest, AsksAndSendsForms) {
  const auto got = client_.get(at("/agent"));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 200);
  EXPECT_EQ(got->content_type, "text/plain");
  EXPECT_EQ(got->body, "Hoopoe (tests)");
  EXPECT_EQ(client_.post_form(at("/"), "a=1&b=%20")->body, "POST a=1&b=%20");
  EXPECT_EQ(client_.get(at("/"))->body, "GET ") << "nothing is left of the form";
}

TEST_F(OutgoingTest, FollowsWhereAPageWentAndNotWhereAFormDid) {
  EXPECT_EQ(client_.get(at("/hop"))->body, "Hoopoe (tests)");
  EXPECT_EQ(client_.get(at("/hop"))->url, at("/agent"));
  EXPECT_EQ(client_.post_form(at("/hop"), "a=1")->status, 302);
  EXPECT_EQ(client_.get(at("/round")).error(), OutgoingError::unreachable);
  EXPECT_EQ(client_.get(at("/file")).error(), OutgoingError::bad_address);
}

TEST_F(OutgoingTest, GoesToNoPrivateAddressByWhateverWay) {
  OutgoingOptions strict = options();
  strict.private_addresses_allowed = false;
  OutgoingClient client(strict);
  const std::string port = std::to_string(server_.ports().front());
  for (const std::string host :
       {"127.0.0.1", "localhost", "0.0.0.0", "127.1", "0x7f000001", "[::ffff:127.0.0.1]"}) {
    EXPECT_EQ(client.get("http://" + host + ":" + port + "/").error(), OutgoingError::refused_address)
        << host;
  }
  EXPECT_EQ(client.get("file:///etc/passwd").error(), OutgoingError::bad_address);
  EXPECT_EQ(client.get("gopher://127.0.0.1/").error(), OutgoingError::bad_address);
  EXPECT_EQ(client.get("no address").error(), OutgoingError::bad_address);
}

TEST_F(OutgoingTest, WaitsAndTakesNoMoreThanItWasTold) {
  EXPECT_EQ(client_.get(at("/large")).error(), OutgoingError::too_large);
  OutgoingOptions hasty = options();
  hasty.deadline = std::chrono::milliseconds(50);
  EXPECT_EQ(OutgoingClient(hasty).get(at("/never")).error(), OutgoingError::timed_out);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(client_.get(at("/never"), stop.get_token()).error(), OutgoingError::stopped);
  EXPECT_EQ(client_.get("http://127.0.0.1:1/").error(), OutgoingError::unreachable);
}

TEST(PublicAddress, IsNoneThatLeadsInside) {
  for (const char* inside :
       {"0.0.0.0",         "10.1.2.3",    "100.64.0.1",  "127.0.0.1",       "169.254.169.254",
        "172.31.0.1",      "192.168.1.1", "198.18.0.1",  "203.0.113.9",     "224.0.0.1",
        "255.255.255.255", "::",          "::1",         "fe80::1",         "fc00::1",
        "fd12::1",         "ff02::1",     "2001:db8::1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "::ffff:10.0.0.1"}) {
    EXPECT_FALSE(may_be_asked(IpAddress::parse(inside).value(), 443)) << inside;
  }
  for (const char* outside :
       {"1.1.1.1", "93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::1"}) {
    const IpAddress address = IpAddress::parse(outside).value();
    EXPECT_TRUE(may_be_asked(address, 443) && may_be_asked(address, 80)) << outside;
    EXPECT_FALSE(may_be_asked(address, 25) || may_be_asked(address, 9200)) << outside;
  }
}

}  // namespace
}  // namespace hoopoe::net

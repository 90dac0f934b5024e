#include "main/square.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/accounts.h"
#include "base/refusal.h"
#include "base/temporary_directory.h"
#include "main/admin.h"
#include "main/control.h"
#include "net/test_client.h"
#include "store/posts.h"
#include "tests/support/test_square.h"

namespace hoopoe {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class SquareTest : public testing::Test {
 protected:
  // A port that was free a moment ago.
  static std::string free_listener() {
    net::Server probe({.listen = {"127.0.0.1:0"}, .threads = 1},
                      [](net::Request&) -> net::Task<net::Response> { co_return net::Response{}; });
    probe.start();
    const std::string port = std::to_string(probe.ports().front());
    probe.stop(std::chrono::seconds(1));
    return "127.0.0.1:" + port;
  }
  std::string ask(const std::string& target, const std::string& host, const std::string& more = "") const {
    net::TestClient client(static_cast<std::uint16_t>(std::stoi(listen_.substr(listen_.find(':') + 1))));
    return client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n").answer();
  }
  std::string command(const std::string& text) const {
    return ask_server(data_ / "control.sock", boost::json::parse(text).as_object()).value_or("nobody");
  }
  template <class Function>
  static std::string failure(Function function) {
    try {
      function();
      return "none";
    } catch (const std::exception& error) {
      return error.what();
    }
  }

  TemporaryDirectory directory_;
  const std::filesystem::path data_ = directory_.path() / "data";
  const std::string listen_ = free_listener();
};

TEST_F(SquareTest, ServesWithNoConfigurationAndTakesCommands) {
  Square square(data_, {}, listen_);
  EXPECT_EQ(square.app().public_url, "http://" + listen_);
  EXPECT_EQ(square.app().sign_up_mode, SignUpMode::open);
  EXPECT_THAT(ask("/health", listen_), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("/health", "localhost"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("/health", "evil.example"), StartsWith("HTTP/1.1 421"));
  EXPECT_EQ(
      command(
          R"({"command":"account create","handle":"jack","email":"j@example.org","password":"long enough"})"),
      "Created @jack.\n");
  EXPECT_THAT(ask("/api/v1/accounts/lookup?acct=jack", listen_), HasSubstr("\"username\":\"jack\""));
  EXPECT_THROW(command(R"({"command":"account suspend","handle":"nobody"})"), Refusal);
  square.stop();
  EXPECT_EQ(command(R"({"command":"account list"})"), "nobody");
}

TEST_F(SquareTest, ASuspensionByCommandIsGoneFromAnswersAndStreamsWithinASecond) {
  Settings settings;
  Square square(data_, settings, listen_);
  command(R"({"command":"account create","handle":"jack","email":"j@example.org","password":"long enough"})");
  const auto began = std::chrono::steady_clock::now();
  command(R"({"command":"account suspend","handle":"jack"})");
  EXPECT_THAT(ask("/api/v1/accounts/lookup?acct=jack", listen_), StartsWith("HTTP/1.1 404"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
  command(R"({"command":"account unsuspend","handle":"jack"})");
  EXPECT_THAT(ask("/api/v1/accounts/lookup?acct=jack", listen_), StartsWith("HTTP/1.1 200"));
}

TEST_F(SquareTest, AnErasureThatWasCutShortIsFinishedAfterTheNextStart) {
  AccountId gone;
  {
    tests::TestSquare before({.directory = directory_.path()});
    const app::Actor mina = before.person("mina");
    gone = mina.account;
    for (int i = 0; i < 150; ++i) before.publish(mina, "never to be read again");
    ASSERT_TRUE(
        before.db().write_blocking([&](store::Write& write) { return app::erase_account(write, gone); }));
  }
  Square square(data_, {}, listen_);
  const auto left = [&] {
    return square.app().db.read(
        [&](store::Read& read) { return store::posts::of_author(read, gone, {}, 1000).size(); });
  };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (left() > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(left(), 0U);
}

TEST_F(SquareTest, ItsDataIsItsOwnersAlone) {
  const Square square(data_, {}, listen_);
  struct stat status{};
  for (const auto& entry : std::filesystem::directory_iterator(data_)) {
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
  }
  ASSERT_EQ(stat(data_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(SquareTest, ASecondOnTheSameDataIsRefusedAndTheFirstGoesOn) {
  const Square first(data_, {}, listen_);
  EXPECT_THAT(failure([&] { Square(data_, {}, free_listener()); }), HasSubstr("is in use by process"));
  EXPECT_THAT(failure([&] { Core(data_, {}); }), HasSubstr("is in use by process"));
  EXPECT_EQ(command(R"({"command":"account list"})"), "");
}

TEST_F(SquareTest, ASecondOnTheSamePortIsRefused) {
  const Square first(data_, {}, listen_);
  EXPECT_NE(failure([&] { Square(directory_.path() / "other", {}, listen_); }), "none");
}

TEST_F(SquareTest, WrongWordsAreRefusedBeforeThereIsAStore) {
  Settings bad_proxy;
  bad_proxy.trusted_proxies = {"10.0.0.0/99"};
  EXPECT_THAT(failure([&] { Square(data_, bad_proxy, listen_); }), HasSubstr("trusted_proxies: 10.0.0.0/99"));
  EXPECT_THAT(failure([&] { Square(data_, {}, "127.0.0.1:0"); }), HasSubstr("public_url"));
  for (const char* listen : {"", "8080", "localhost", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "[::1]",
                             "a:b:80", "127.0.0.1:80x"}) {
    EXPECT_THAT(failure([&] { Square(data_, {}, listen); }), HasSubstr("write address:port")) << listen;
  }
  EXPECT_FALSE(std::filesystem::exists(data_));
}

TEST_F(SquareTest, NamesAreComparedAsBrowsersWriteThem) {
  Settings settings;
  settings.public_url = "http://Square.Example:80";
  settings.other_hosts = {"Hoopoe234.Onion"};
  Square square(data_, settings, listen_);
  EXPECT_EQ(square.app().public_url, "http://square.example");
  EXPECT_EQ(square.app().host, "square.example");
  EXPECT_THAT(ask("/health", "square.example"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("/health", "hoopoe234.onion"), StartsWith("HTTP/1.1 200"));
}

TEST_F(SquareTest, ReachableFromElsewhereItTakesNoNewAccounts) {
  const std::string anywhere = "0.0.0.0" + listen_.substr(listen_.find(':'));
  Core core(data_, {}, anywhere);
  EXPECT_EQ(core.app().sign_up_mode, SignUpMode::closed);
  EXPECT_THAT(core.app().public_url, StartsWith("http://localhost:"));
}

TEST_F(SquareTest, WhatWasWrittenIsThereAfterARestart) {
  {
    Core core(data_, {});
    run_admin_command(core.app(), {{"command", "account create"},
                                   {"handle", "jack"},
                                   {"email", "j@example.org"},
                                   {"password", "long enough"}});
  }
  Square square(data_, {}, listen_);
  EXPECT_THAT(command(R"({"command":"account list"})"), HasSubstr("@jack"));
}

}  // namespace
}  // namespace hoopoe

#include "main/control.h"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/refusal.h"
#include "base/temporary_directory.h"

namespace hoopoe {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

std::string echo(const boost::json::object& command) {
  const std::string word(command.at("command").as_string());
  if (word == "refuse") throw Refusal(RefusalKind::bad_request, "Words for the operator.");
  if (word == "long") return std::string(3'000'000, 'x');
  return word + "\n";
}

class Control : public testing::Test {
 protected:
  std::filesystem::path socket() const { return directory_.path() / "control.sock"; }
  std::string ask(const std::string& word) {
    return ask_server(socket(), {{"command", word}}).value_or("nobody");
  }

  // A peer that says these bytes and waits.
  int connect(const std::string& bytes) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket().string().copy(address.sun_path, sizeof address.sun_path - 1);
    const int peer = ::socket(AF_UNIX, SOCK_STREAM, 0);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket API is made so
    EXPECT_EQ(::connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    return peer;
  }

  TemporaryDirectory directory_;
};

TEST_F(Control, ACommandIsAnswered) {
  const ControlServer server(socket(), echo);
  EXPECT_EQ(ask("hello"), "hello\n");
  EXPECT_EQ(ask("again"), "again\n");
}

TEST_F(Control, ARefusalKeepsItsWords) {
  const ControlServer server(socket(), echo);
  try {
    ask("refuse");
    FAIL() << "not refused";
  } catch (const Refusal& refusal) {
    EXPECT_STREQ(refusal.what(), "Words for the operator.");
  }
}

TEST_F(Control, WithoutAServerNobodyAnswers) {
  EXPECT_EQ(ask("hello"), "nobody");
  {
    const ControlServer server(socket(), echo);
  }
  EXPECT_FALSE(std::filesystem::exists(socket())) << "it takes its socket away";
  EXPECT_EQ(ask_server(directory_.path() / "nowhere" / "control.sock", {}), std::nullopt);
}

TEST_F(Control, TheSocketIsItsOwnersAloneWhateverTheUmask) {
  const mode_t before = umask(0);
  const ControlServer server(socket(), echo);
  umask(before);
  struct stat status{};
  ASSERT_EQ(stat(socket().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST_F(Control, ASocketThatAKilledServerLeftIsReplaced) {
  {
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ::close(left);
  }
  std::filesystem::create_directory(directory_.path() / "empty");
  {
    std::filesystem::create_symlink("nowhere", socket());
  }
  EXPECT_EQ(ask("hello"), "nobody");
  const ControlServer server(socket(), echo);
  EXPECT_EQ(ask("hello"), "hello\n");
}

TEST_F(Control, AnAnswerMayBeLong) {
  const ControlServer server(socket(), echo);
  EXPECT_EQ(ask("long").size(), 3'000'000U);
}

TEST_F(Control, TheFolderMayBeDeep) {
  std::filesystem::path deep = directory_.path();
  for (int i = 0; i < 20; ++i) deep /= "a-folder-with-a-name";
  std::filesystem::create_directories(deep);
  const ControlServer server(deep / "control.sock", echo);
  EXPECT_EQ(ask_server(deep / "control.sock", {{"command", "hello"}}), "hello\n");
}

TEST_F(Control, ASilentPeerHoldsUpNobodyNorTheEnd) {
  const auto began = steady_clock::now();
  int silent = -1;
  {
    const ControlServer server(socket(), echo);
    silent = connect("");
    EXPECT_EQ(ask("hello"), "hello\n");
    const int half = connect("{\"command\":");
    EXPECT_EQ(ask("hello"), "hello\n");
    ::close(half);
  }
  ::close(silent);
  EXPECT_LT(steady_clock::now() - began, seconds(3));
}

TEST_F(Control, WhatIsNoCommandIsAnsweredInWords) {
  const ControlServer server(socket(), echo);
  for (const char* line : {"{\n", "[]\n", "\n", "{}\n", "\xff\xfe\n"}) {
    const int peer = connect(line);
    std::string answer(200, '\0');
    const ssize_t size = ::recv(peer, answer.data(), answer.size(), 0);
    answer.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    EXPECT_THAT(answer, testing::StartsWith("{\"error\":")) << line;
    ::close(peer);
  }
  EXPECT_EQ(ask("hello"), "hello\n");
}

}  // namespace
}  // namespace hoopoe

#include "main/command_line.h"

#include <iostream>
#include <sstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hoopoe {
namespace {

using testing::ElementsAre;
using Verb = CommandLine::Verb;

CommandLine parsed(std::vector<std::string> words) {
  words.insert(words.begin(), "hoopoe");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

// What a person types, and nothing on the real streams.
class Words : public testing::Test {
 public:
  Words()
      : input_(std::cin.rdbuf(typed_.rdbuf())),
        output_(std::cout.rdbuf(shown_.rdbuf())),
        errors_(std::cerr.rdbuf(shown_.rdbuf())) {}
  ~Words() override {
    std::cin.rdbuf(input_);
    std::cout.rdbuf(output_);
    std::cerr.rdbuf(errors_);
  }

 protected:
  std::stringstream typed_;
  std::stringstream shown_;

 private:
  std::streambuf* input_;
  std::streambuf* output_;
  std::streambuf* errors_;
};

TEST_F(Words, ServeNeedsNoMore) {
  const CommandLine line = parsed({"serve"});
  EXPECT_EQ(line.verb, Verb::serve);
  EXPECT_EQ(line.data, "data");
  EXPECT_EQ(line.listen, "127.0.0.1:8080");
}

TEST_F(Words, ServeTakesSettingsOneByOne) {
  const CommandLine line =
      parsed({"serve", "--set", "a=1", "--set", "b=2", "--data", "d", "--config", "c.toml"});
  EXPECT_THAT(line.settings, ElementsAre("a=1", "b=2"));
  EXPECT_EQ(line.data, "d");
  EXPECT_EQ(line.config, "c.toml");
}

TEST_F(Words, EachCommandIsOneJsonObject) {
  typed_ << "the password\nmore\n";
  const std::vector<std::pair<std::vector<std::string>, std::string>> commands{
      {{"account", "create", "jack", "--email", "jack@example.org", "--password-stdin", "--admin"},
       R"({"handle":"jack","email":"jack@example.org","password":"the password","role":"admin","command":"account create"})"},
      {{"account", "list"}, R"({"command":"account list"})"},
      {{"account", "reset-password", "jack"}, R"({"handle":"jack","command":"account reset-password"})"},
      {{"account", "approve", "jack"}, R"({"handle":"jack","command":"account approve"})"},
      {{"account", "suspend", "jack"}, R"({"handle":"jack","command":"account suspend"})"},
      {{"account", "unsuspend", "jack"}, R"({"handle":"jack","command":"account unsuspend"})"},
      {{"account", "delete", "jack"}, R"({"handle":"jack","command":"account delete"})"},
      {{"account", "role", "jack", "moderator"},
       R"({"handle":"jack","role":"moderator","command":"account role"})"},
      {{"post", "delete", "77"}, R"({"id":"77","command":"post delete"})"},
      {{"invite", "create", "--uses", "3"}, R"({"uses":3,"command":"invite create"})"}};
  for (const auto& [words, json] : commands) {
    const CommandLine line = parsed(words);
    EXPECT_EQ(line.verb, Verb::administer) << json;
    EXPECT_EQ(boost::json::value(line.command), boost::json::parse(json))
        << boost::json::serialize(line.command);
  }
}

TEST_F(Words, HelpIsNoError) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"--help"}, {"account", "--help"}, {"--version"}}) {
    const CommandLine line = parsed(words);
    EXPECT_EQ(line.verb, Verb::none);
    EXPECT_EQ(line.exit_code, 0);
  }
}

TEST_F(Words, WrongWordsAreTheExitCodeTwo) {
  for (const auto& words : std::vector<std::vector<std::string>>{{},
                                                                 {"fly"},
                                                                 {"account"},
                                                                 {"account", "create"},
                                                                 {"account", "create", "jack"},
                                                                 {"account", "suspend"},
                                                                 {"account", "role", "jack"},
                                                                 {"account", "list", "extra"},
                                                                 {"post", "delete"},
                                                                 {"invite", "create", "--uses", "many"},
                                                                 {"serve", "--unknown"}}) {
    const CommandLine line = parsed(words);
    EXPECT_EQ(line.verb, Verb::none);
    EXPECT_EQ(line.exit_code, 2);
  }
  EXPECT_NE(shown_.str(), "");
}

}  // namespace
}  // namespace hoopoe

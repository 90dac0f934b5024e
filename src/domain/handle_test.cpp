#include "domain/handle.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(Handle, keeps_the_case_it_was_typed_in) {
  EXPECT_EQ(parse_handle("HassanRouhani"), "HassanRouhani");
  EXPECT_EQ(parse_handle("camanpour"), "camanpour");
  EXPECT_EQ(handle_key("HassanRouhani"), "hassanrouhani");
}

TEST(Handle, takes_thirty_characters_and_not_one_more) {
  EXPECT_TRUE(parse_handle(std::string(30, 'a')));
  EXPECT_EQ(parse_handle(std::string(31, 'a')), std::unexpected(HandleError::too_long));
}

TEST(Handle, refuses_what_could_be_mistaken_for_something_else) {
  EXPECT_EQ(parse_handle(""), std::unexpected(HandleError::blank));
  for (const char* text : {"a.b", "a-b", "a b", "حسن", "a@b", "a/b", "jack\n"}) {
    EXPECT_EQ(parse_handle(text), std::unexpected(HandleError::bad_character)) << text;
  }
  EXPECT_EQ(parse_handle("Admin"), std::unexpected(HandleError::reserved));
  EXPECT_EQ(parse_handle("oauth"), std::unexpected(HandleError::reserved));
}

TEST(Handle, every_error_has_words) {
  EXPECT_EQ(describe(HandleError::blank), "can't be blank");
  EXPECT_EQ(describe(HandleError::reserved), "is reserved");
}

TEST(Address, is_written_without_a_domain_where_there_is_none) {
  EXPECT_EQ(write_address("jack", ""), "jack");
  EXPECT_EQ(write_address("jack", "example.org"), "jack@example.org");
}

TEST(Address, is_read_in_each_of_its_spellings) {
  EXPECT_EQ(parse_address("jack")->handle, "jack");
  EXPECT_EQ(parse_address("@jack")->domain, "");
  EXPECT_EQ(parse_address("jack@Example.org")->domain, "example.org");
  EXPECT_EQ(parse_address("acct:jack@example.org")->handle, "jack");
  EXPECT_FALSE(parse_address(""));
  EXPECT_FALSE(parse_address("@"));
  EXPECT_FALSE(parse_address("jack@"));
}

}  // namespace
}  // namespace hoopoe

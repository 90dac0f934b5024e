#include "text/tlds.h"

#include <gtest/gtest.h>

namespace hoopoe::text {
namespace {

TEST(Tlds, the_list_of_the_build_machine_is_embedded) { EXPECT_GT(count_tlds(), 1400); }

TEST(Tlds, knows_countries_brands_scripts_and_hidden_services) {
  EXPECT_EQ(match_tld(U"com"), 3);
  EXPECT_EQ(match_tld(U"IR"), 2);
  EXPECT_EQ(match_tld(U"ایران"), 5);
  EXPECT_EQ(match_tld(U"РФ"), 2);
  EXPECT_EQ(match_tld(U"museum"), 6);
  EXPECT_EQ(match_tld(U"onion"), 5);
  EXPECT_EQ(match_tld(U"tld"), 0);
  EXPECT_EQ(match_tld(U""), 0);
}

TEST(Tlds, a_wildcard_rule_of_the_list_names_its_tld) { EXPECT_EQ(match_tld(U"ck"), 2); }

TEST(Tlds, domains_that_were_given_up_keep_their_links) {
  EXPECT_EQ(match_tld(U"um"), 2);
  EXPECT_EQ(match_tld(U"mcdonalds"), 9);
}

TEST(Tlds, another_script_ends_a_tld_and_the_same_word_going_on_does_not) {
  EXPECT_EQ(match_tld(U"com中国語"), 3);
  EXPECT_EQ(match_tld(U"irسلام"), 2);
  EXPECT_EQ(match_tld(U"com5"), 0);
  EXPECT_EQ(match_tld(U"com-pany"), 0);
  EXPECT_EQ(match_tld(U"com@mail"), 0);
  EXPECT_EQ(match_tld(U"bz2"), 0);
}

TEST(Tlds, punycode_is_taken_whole) {
  EXPECT_EQ(match_tld(U"xn--p1ai"), 8);
  EXPECT_EQ(match_tld(U"XN--vermgensberater-ctb"), 23);
  EXPECT_EQ(match_tld(U"xn--"), 0);
  EXPECT_EQ(match_tld(U"xn--p1ai@"), 0);
}

}  // namespace
}  // namespace hoopoe::text

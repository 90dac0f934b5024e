#include "domain/person.h"

#include <gtest/gtest.h>

namespace hoopoe {
namespace {

TEST(Role, round_trips_by_name) {
  for (const char* name : {"person", "moderator", "admin"})
    EXPECT_EQ(name_of(parse_role(name).value()), name);
  EXPECT_FALSE(parse_role("owner"));
}

TEST(SignUpMode, round_trips_by_name) {
  for (const char* name : {"open", "approval", "invite", "closed"}) {
    EXPECT_EQ(name_of(parse_sign_up_mode(name).value()), name);
  }
  EXPECT_FALSE(parse_sign_up_mode("OPEN"));
}

}  // namespace
}  // namespace hoopoe

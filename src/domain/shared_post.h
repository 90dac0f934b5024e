#pragma once

#include <memory>

#include "domain/account.h"
#include "domain/post.h"

namespace hoopoe {

// A post as it is just now for all who see it. Not changed once it is shared.
struct SharedPost {
  std::shared_ptr<const PostCard> post;   // with its other states: an edit changes it, a favourite does not
  std::shared_ptr<const Account> author;  // with their other posts; nullptr when there is no such account
  PostCounts counts;
  Rendered whole;  // by the API
};

}  // namespace hoopoe

#include "domain/may_read.h"

namespace hoopoe {

bool may_read(AccountId viewer, const Post& post, const PostRelation& relation) {
  if (post.deleted || !relation.author_shown) return false;
  if (viewer && viewer == post.author) return true;
  if (relation.blocked) return false;
  switch (post.visibility) {
    case Visibility::everyone:
    case Visibility::unlisted:
      return true;
    case Visibility::followers:
      return viewer && (relation.follows_author || relation.mentioned);
    case Visibility::mentioned:
      return viewer && relation.mentioned;
  }
  return false;
}

}  // namespace hoopoe

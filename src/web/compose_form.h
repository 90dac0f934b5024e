#pragma once

#include <optional>
#include <string>

#include "app/post_view.h"
#include "domain/post.h"
#include "net/task.h"
#include "web/context.h"
#include "web/template.h"

namespace hoopoe::web {

// What stands in the form for a new post, or for other words of an old one.
struct DraftForm {
  std::string text;
  std::string warning;
  std::optional<bool> sensitive;         // its photos may upset; none: as the account has it
  std::optional<Visibility> visibility;  // none: as it was before, or as the account has it
  ReplyRule reply_rule = ReplyRule::anyone;
  std::string language;
  std::string reply_to;             // a post's id, or empty
  std::string edited;               // the id of the post that is changed, or empty
  std::string replaced;             // of the one that is deleted when this is published, or empty
  std::string idempotency_key;      // empty: a new one, so that a form sent twice makes one post
  std::vector<ChosenPhoto> photos;  // uploaded already
  std::string error;                // beside the text, when it was refused
  bool is_own = false;              // filled in by somebody: the account's defaults do not apply
};

// {{>FORM}}. Requires: signed in.
void add_compose_form(Values& values, Context& context, DraftForm draft);

// As the browser sent it, without the files. Refusal{bad_request} for a visibility or a rule that is none.
DraftForm sent_form(const Context& context);
// Uploads the files that the form brought, and adds them to its photos. Gives the status that the form is to
// be shown again with: since something was wrong with a file, which becomes the form's error (what was
// uploaded before it stays), or since photos were to be added and no more. None: go on.
net::Task<std::optional<int>> upload_files(Context& context, DraftForm& form);

// An answer that names whom it answers, as people do it by hand.
DraftForm draft_of_reply(const Context& context, const app::PostView& view);

}  // namespace hoopoe::web

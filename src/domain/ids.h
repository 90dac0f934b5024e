#pragma once

#include "base/id.h"

namespace hoopoe {

using PersonId = Id<struct PersonTag>;
using AccountId = Id<struct AccountTag>;
using PostId = Id<struct PostTag>;
using FollowId = Id<struct FollowTag>;
using BlockId = Id<struct BlockTag>;
using MuteId = Id<struct MuteTag>;
using BookmarkId = Id<struct BookmarkTag>;
using PinId = Id<struct PinTag>;
using FavouriteId = Id<struct FavouriteTag>;
using ReportId = Id<struct ReportTag>;
using RuleId = Id<struct RuleTag>;          // of an operator, on new posts
using HeldPostId = Id<struct HeldPostTag>;  // a post that waits for a moderator
using PhotoId = Id<struct PhotoTag>;
using AuditId = Id<struct AuditTag>;
using NotificationId = Id<struct NotificationTag>;
using ClientId = Id<struct ClientTag>;    // an OAuth application
using TokenId = Id<struct TokenTag>;      // an OAuth access token
using SessionId = Id<struct SessionTag>;  // a browser that is signed in
using EventId = Id<struct EventTag>;      // a row of the outbox, and the id of a live event

}  // namespace hoopoe

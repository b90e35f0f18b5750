// The files of the channel: downloads of what people sent, uploads of what officers are shown.
#include "handlers/transport.hpp"
#include "handlers/whatsapp/channel.hpp"
#include "handlers/whatsapp/files.hpp"

namespace handlers::whatsapp {

using namespace std::chrono_literals;

void channel::upload(call what, std::function<void(platform_answer)> done) {
  const own_file which = what.file;
  files_.open(which, [this, what = std::move(what), done = std::move(done)](std::shared_ptr<const shown_file> file) {
    if (!file || !file->absent.empty())
      return done({platform_answer::fate::no_file, 0, file ? file->absent : std::string()});
    auto form = upload_form(*file);
    client_.send({.target = prefix_ + "media",
                  .body = std::move(form.body),
                  .content_type = std::move(form.content_type),
                  .headers = {{"Authorization", authorization_}},
                  .timeout = 120s},
                 [this, what, file, done](http::outcome o) {
                   const std::string media_id =
                       o.what == http::fate::answered && o.status == 200 ? read_media_id(o.body) : std::string();
                   if (media_id.empty()) {
                     // Nothing was shown yet, whatever became of the upload: it can be repeated.
                     if (o.what == http::fate::unknown) o.what = http::fate::not_sent;
                     return told_plainly(done)(std::move(o));
                   }
                   send(complete_upload(what, *file, media_id), done);
                 });
  });
}

void channel::fetch(std::string file_id, std::uint64_t most_bytes, std::function<void(fetched_file)> done) {
  const bool plain = !file_id.empty() && file_id.find_first_not_of(
                                             "0123456789abcdefghijklmnopqrstuvwxyz"
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-.") == file_id.npos;
  http::call ask;
  ask.method = http::verb::get;
  ask.target = version_path_ + (plain ? file_id : "0");
  ask.headers = {{"Authorization", authorization_}};
  client_.send(std::move(ask), [this, most_bytes, done = std::move(done)](http::outcome o) {
    if (o.what != http::fate::answered) return done(unanswered(o));
    fetched_file found = read_media_url(o.status, o.body, most_bytes);
    if (found.what != fetched_file::fate::here) return done(std::move(found));
    const auto where = trusted(found.bytes, api_url_);
    if (!where) return done(not_here(fetched_file::fate::never, "bad_address"));
    http::call get;
    get.target = where->target;
    get.max_body_bytes = most_bytes;
    get.headers = {{"Authorization", authorization_}};
    files_.from->get(where->origin, std::move(get), [done, promised = found.sha256](http::outcome file) {
      fetched_file here = downloaded(std::move(file), read_refusal);
      here.sha256 = promised;
      done(std::move(here));
    });
  });
}

}  // namespace handlers::whatsapp

// The files of the channel: downloads of what people sent, uploads of what officers are shown.
#include "handlers/telegram/channel.hpp"
#include "handlers/telegram/files.hpp"
#include "handlers/transport.hpp"

namespace handlers::telegram {

using namespace std::chrono_literals;

void channel::upload(call what, std::function<void(platform_answer)> done) {
  const own_file which = what.file;
  files_.open(which, [this, what = std::move(what), done = std::move(done)](std::shared_ptr<const shown_file> file) {
    if (!file || !file->absent.empty())
      return done({platform_answer::fate::no_file, 0, file ? file->absent : std::string()});
    auto [method, form] = complete_upload(what, *file);
    const auto answered = told_plainly(done);
    client_.send({.target = prefix_ + method,
                  .body = std::move(form.body),
                  .content_type = std::move(form.content_type),
                  .timeout = 120s},
                 [answered, file](http::outcome o) { answered(std::move(o)); });  // open until it is there
  });
}

void channel::fetch(std::string file_id, std::uint64_t most_bytes, std::function<void(fetched_file)> done) {
  call ask = ask_for_file(file_id);
  client_.send({.target = prefix_ + ask.method, .body = std::move(ask.body), .content_type = "application/json"},
               [this, most_bytes, done = std::move(done)](http::outcome o) {
                 if (o.what != http::fate::answered) return done(unanswered(o));
                 fetched_file found = read_file_path(o.status, o.body, most_bytes);
                 if (found.what != fetched_file::fate::here) return done(std::move(found));
                 http::call get;
                 get.target = "/file" + prefix_ + found.bytes;
                 get.max_body_bytes = most_bytes;
                 files_.from->get(api_url_, std::move(get), [done](http::outcome file) {
                   done(downloaded(std::move(file), [](int status) {
                     return not_here(fetched_file::fate::later, status == 404 ? "address_expired" : "platform_fails");
                   }));
                 });
               });
}

}  // namespace handlers::telegram

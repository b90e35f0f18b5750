# Builds text files into a room: kentongan_embed(<target> <folder>) gives handlers/demo/assets.hpp its files. Run as a
# script (cmake -DFOLDER=… -DOUT=… -P embed.cmake) it writes that source.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB FILES ${FOLDER}/*)
  set(SOURCE "#include \"handlers/demo/assets.hpp\"\n\nnamespace handlers::demo {\n\n")
  string(APPEND SOURCE "const std::vector<asset>& assets() {\n  static const std::vector<asset> all = {\n")
  foreach(FILE ${FILES})
    get_filename_component(NAME ${FILE} NAME)
    file(READ ${FILE} CONTENT)
    string(APPEND SOURCE "{\"${NAME}\", R\"~embed~(${CONTENT})~embed~\"},\n")
  endforeach()
  string(APPEND SOURCE "  };\n  return all;\n}\n\n}  // namespace handlers::demo\n")
  file(WRITE ${OUT} "${SOURCE}")
  return()
endif()

set(KENTONGAN_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(kentongan_embed target folder)
  file(GLOB FILES CONFIGURE_DEPENDS ${folder}/*)
  set(OUT ${CMAKE_CURRENT_BINARY_DIR}/assets.cpp)
  add_custom_command(OUTPUT ${OUT} DEPENDS ${FILES} ${KENTONGAN_EMBED_SCRIPT} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUT=${OUT} -P ${KENTONGAN_EMBED_SCRIPT})
  target_sources(${target} PRIVATE ${OUT})
endfunction()

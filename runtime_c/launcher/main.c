/* main(): find the program, decide what this process is to be, start Python, run. */
#include "launcher/children.h"
#include "launcher/config.h"
#include "launcher/program.h"
#include "launcher/run.h"

int
main(int argc, char **argv)
{
    int argument = 0;
    pb_program_open(argc, argv);
    pb_children_read_mark();
    pb_program_choose();
    enum pb_role role = pb_children_role(&argument);
    if (role == PB_ROLE_AGAIN) {
        pb_program_choose_by(argv[argument]);
    }
    const char *script = role == PB_ROLE_SCRIPT ? argv[argument] : NULL;
    pb_python_start(role, script);
    pb_children_set_mark();
    return role == PB_ROLE_PYTHON ? pb_run_python() : pb_run_program(script);
}

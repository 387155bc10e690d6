from tests.builders import *
from tracker.reminders.run import run_once
from datetime import time
def test_x(session, office, wired, mailer):
    m=a_meeting(session, office.issuer, starts_at=time(8,0), place="Hội trường <b>A</b> & B")
    a_task(session, office.issuer, lead=office.finance, due_on=date(2026,2,20), supports=(office.health,))
    a_task(session, office.issuer, lead=office.finance, due_on=date(2026,2,27), ref="B.I.2", supports=(office.health,))
    a_task(session, office.issuer, lead=office.finance, due_on=date(2026,3,5), meeting=m, ref="A.1", supports=(office.health,))
    session.commit()
    print(run_once(wired, dry_run=True))
    print(run_once(wired)); print(run_once(wired))
    for l in mailer.letters:
        print(l["From"],l["To"],l["Subject"],l["Message-ID"], l["References"])
        print(l.get_body(("plain",)).get_content())
        print(l.get_body(("html",)).get_content()[1500:5000])
    assert 0
